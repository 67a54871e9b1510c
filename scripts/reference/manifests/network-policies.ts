import type { ServiceDescription } from '@beyond-headers/service-kit/service';
import { stringify } from 'yaml';
import { IN_DEMO, LASTING, usualPort } from '../../../services/services.ts';

/* Each flow is a rule at both ends: egress for the service that declares a need, and ingress for the target. */

const LABEL = 'app.kubernetes.io/name';
const PORTS = { mongo: 27_017, otlp: 4318, query: 16_686 };

const lasting: readonly ServiceDescription[] = Object.values(LASTING);
const names = (services: readonly ServiceDescription[]): string[] => services.map(({ name }) => name);
const callsOf = ({ needs }: ServiceDescription): string[] => Object.values(needs.services ?? {});
const readsTraces = ({ environment }: ServiceDescription): boolean =>
  Object.values(environment).includes('traces-query');

/** Returns the files of `k8s/components/network-policies` that name services. */
export function networkPolicies(): Record<string, string> {
  const all = names(IN_DEMO);
  return {
    ...Object.fromEntries(IN_DEMO.map((service) => [`${service.name}.yaml`, policyOf(service)])),
    'mongo.yaml': policy('mongo', ['mongo'], {
      ingress: [from(names(IN_DEMO.filter(({ needs }) => needs.mongodb)), PORTS.mongo)],
    }),
    'jaeger.yaml': policy('jaeger', ['jaeger'], {
      ingress: [
        from(names(lasting.filter(readsTraces)), PORTS.query),
        from([...all, 'otel-collector'], PORTS.otlp),
      ],
    }),
    'otel-collector.yaml': policy('otel-collector', ['otel-collector'], {
      ingress: [from(all, PORTS.otlp)],
      egress: [to(['jaeger'], PORTS.otlp)],
    }),
    // Every pod that creates spans may send them to Jaeger and the collector.
    'spans.yaml': policy('spans', all, { egress: [to(['jaeger', 'otel-collector'], PORTS.otlp)] }),
    // Every pod that resolves the name of another one.
    'dns.yaml': policy('dns', [...all, 'load', 'otel-collector'], { egress: [KUBE_DNS] }),
  };
}

function policyOf(service: ServiceDescription): string {
  const { name, needs } = service;
  const callers = names(lasting.filter((other) => callsOf(other).includes(name)));
  // The load generator is not in the list of services.
  if (name === LASTING.writer.name) callers.push('load');
  return policy(name, [name], {
    ingress: callers.length > 0 ? [from(callers, usualPort(name))] : [],
    egress: [
      ...(needs.mongodb ? [to(['mongo'], PORTS.mongo)] : []),
      ...callsOf(service).map((called) => to([called], usualPort(called))),
      ...(readsTraces(service) ? [to(['jaeger'], PORTS.query)] : []),
      ...(needs.kubernetes ? [API_SERVER] : []),
    ],
  });
}

interface Rule {
  from?: object[];
  to?: object[];
  ports: object[];
}

const from = (pods: readonly string[], port: number): Rule => ({ from: [peer(pods)], ports: [{ port }] });
const to = (pods: readonly string[], port: number): Rule => ({ to: [peer(pods)], ports: [{ port }] });
const peer = (pods: readonly string[]) => ({ podSelector: selectorOf(pods) });

/**
 * The API server is not a pod, and its address differs between clusters. Some network plugins match the Service's port (443), others
 * the API server's own port.
 */
const API_SERVER: Rule = { ports: [{ port: 443 }, { port: 6443 }, { port: 8443 }] };

const KUBE_DNS: Rule = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};

function selectorOf(pods: readonly string[]): object {
  const [only, ...more] = pods;
  if (more.length === 0) return { matchLabels: { [LABEL]: only } };
  return { matchExpressions: [{ key: LABEL, operator: 'In', values: pods }] };
}

function policy(name: string, pods: readonly string[], rules: { ingress?: Rule[]; egress?: Rule[] }): string {
  const { ingress = [], egress = [] } = rules;
  return stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name },
    spec: {
      podSelector: selectorOf(pods),
      policyTypes: [...(ingress.length > 0 ? ['Ingress'] : []), ...(egress.length > 0 ? ['Egress'] : [])],
      ...(ingress.length > 0 && { ingress }),
      ...(egress.length > 0 && { egress }),
    },
  });
}
