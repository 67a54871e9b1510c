import type { KubernetesObject, NetworkPeer, NetworkRule } from '../hardening/kubernetes-object.ts';
import { NAME, selects, type Pod } from './pods.ts';

/** An allowed connection. An end that is not a pod of the namespace has a name such as `anywhere`, or is an address range. */
export interface Flow {
  from: string;
  to: string;
  port: number;
}

export const describeFlow = ({ from, to, port }: Flow): string => `${from} → ${to}:${port}`;

type Policy = NonNullable<KubernetesObject['spec']>;
type Direction = 'Ingress' | 'Egress';

/**
 * Returns every flow that NetworkPolicies allow. A flow between pods needs both sides to allow it. Flows into and out of the namespace are
 * included. A pod that no policy selects for a direction is not restricted in it.
 * https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function allowedFlows(objects: KubernetesObject[], pods: Pod[]): Flow[] {
  const policies = objects.flatMap(({ kind, spec }) => (kind === 'NetworkPolicy' && spec ? [spec] : []));
  const between = pods.flatMap((from) =>
    pods.flatMap((to) =>
      containerPorts(to)
        .filter(
          (port) =>
            from !== to &&
            allows(policies, 'Egress', from, to, port) &&
            allows(policies, 'Ingress', to, from, port),
        )
        .map((port) => ({ from: nameOf(from), to: nameOf(to), port })),
    ),
  );
  const beyond = pods.flatMap((pod) => [
    ...beyondNamespace(policies, 'Egress', pod).map(({ peer, port }) => ({
      from: nameOf(pod),
      to: peer,
      port,
    })),
    ...beyondNamespace(policies, 'Ingress', pod).map(({ peer, port }) => ({
      from: peer,
      to: nameOf(pod),
      port,
    })),
  ]);
  return [...between, ...beyond];
}

const nameOf = ({ labels }: Pod): string => labels[NAME] ?? '';

const containerPorts = ({ spec }: Pod): number[] =>
  spec.containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort));

function allows(policies: Policy[], direction: Direction, pod: Pod, other: Pod, port: number): boolean {
  const rules = rulesFor(policies, direction, pod);
  if (!rules) return true;
  return rules.some((rule) => {
    const peers = rule.from ?? rule.to;
    const known = peers?.some(({ podSelector, namespaceSelector }) =>
      podSelector && !namespaceSelector ? selects(podSelector, other.labels) : false,
    );
    return (peers === undefined || known) && isPort(rule, port);
  });
}

const isPort = ({ ports }: NetworkRule, port: number) =>
  ports === undefined || ports.some((one) => one.port === port);

/** Returns the rules of all policies that select the pod for the direction, or undefined if no policy does. */
function rulesFor(policies: Policy[], direction: Direction, pod: Pod): NetworkRule[] | undefined {
  const selecting = policies.filter(
    ({ podSelector = {}, policyTypes = [] }) =>
      policyTypes.includes(direction) && selects(podSelector, pod.labels),
  );
  if (selecting.length === 0) return undefined;
  return selecting.flatMap((policy) => (direction === 'Ingress' ? policy.ingress : policy.egress) ?? []);
}

function beyondNamespace(
  policies: Policy[],
  direction: Direction,
  pod: Pod,
): Array<{ peer: string; port: number }> {
  const rules = rulesFor(policies, direction, pod) ?? [{ ports: [{ port: 0 }] }];
  return rules.flatMap((rule) =>
    (rule.from ?? rule.to ?? [{}])
      .flatMap(describePeer)
      .flatMap((peer) => (rule.ports ?? [{ port: 0 }]).map(({ port }) => ({ peer, port }))),
  );
}

/** Returns nothing for pods of the same namespace, which `allows` handles. */
function describePeer({ podSelector, namespaceSelector, ipBlock }: NetworkPeer): string[] {
  if (ipBlock) return [ipBlock.cidr];
  if (podSelector && !namespaceSelector) return [];
  const labels = [namespaceSelector, podSelector].flatMap((one) => Object.values(one?.matchLabels ?? {}));
  return [labels.join('/') || 'anywhere'];
}
