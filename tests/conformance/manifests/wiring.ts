import type { Container, KubernetesObject } from '../hardening/kubernetes-object.ts';
import { NAME, podsOf, type Pod } from './pods.ts';

/** Returns one line for each reference of an object that doesn't match another object. */
export function wiringFindings(objects: KubernetesObject[], given: string[] = []): string[] {
  const pods = podsOf(objects);
  return [
    ...named(objects, 'Service').flatMap((service) => serviceFindings(service, pods)),
    ...pods.flatMap((pod) => podFindings(pod, objects, given)),
    ...[...named(objects, 'HorizontalPodAutoscaler'), ...named(objects, 'PodDisruptionBudget')].flatMap(
      (object) => targetFindings(object, pods),
    ),
  ];
}

const named = (objects: KubernetesObject[], kind: string) => objects.filter((object) => object.kind === kind);

function serviceFindings({ metadata, spec }: KubernetesObject, pods: Pod[]): string[] {
  const selected = pods.filter(
    ({ labels }) => labels[NAME] === (spec?.selector as Record<string, string>)?.[NAME],
  );
  if (selected.length !== 1) return [`Service ${metadata?.name} selects ${selected.length} workloads`];
  const ports = selected.flatMap(portsOf);
  return (spec?.ports ?? []).flatMap(({ port, targetPort }) => {
    const target = ports.find(({ name }) => name === targetPort);
    if (!target) return [`Service ${metadata?.name}: no container has a port ${targetPort}`];
    // Both numbers have to be equal, so that a caller needs to know only one.
    return target.containerPort === port
      ? []
      : [`Service ${metadata?.name}: ${port} is ${target.containerPort} in the pod`];
  });
}

const portsOf = ({ spec }: Pod) => spec.containers.flatMap(({ ports = [] }) => ports);

function podFindings({ name, spec, labels }: Pod, objects: KubernetesObject[], given: string[]): string[] {
  const has = (kind: string, wanted = '') =>
    given.includes(wanted) || objects.some((object) => object.kind === kind && isCalled(object, wanted));
  const mounted = (spec.volumes ?? []).flatMap(({ secret, configMap, projected }) => [
    ...(secret ? [['Secret', secret.secretName] as const] : []),
    ...(configMap ? [['ConfigMap', configMap.name] as const] : []),
    ...(projected?.sources ?? []).flatMap((source) =>
      source.secret ? [['Secret', source.secret.name] as const] : [],
    ),
  ]);
  const account = spec.serviceAccountName ?? 'default';
  const wanted = [...mounted, ['ServiceAccount', account] as const];
  return [
    ...wanted
      .filter(([kind, called]) => !has(kind, called))
      .map(([kind, called]) => `there is no ${kind} ${called}`),
    ...(labels[NAME] === name ? [] : [`its pods are called ${labels[NAME]}`]),
    ...spec.containers.flatMap((container) => addressFindings(container, objects)),
    ...spec.containers.flatMap((container) => secretFindings(container, has)),
  ].map((finding) => `${name}: ${finding}`);
}

/** The names are those in the files: kustomize adds a hash to names of generated objects only when it renders them. */
const isCalled = ({ metadata }: KubernetesObject, wanted: string) => metadata?.name === wanted;

/** An address without a dot is a Service of the namespace. */
function addressFindings({ env = [] }: Container, objects: KubernetesObject[]): string[] {
  return env.flatMap(({ name, value = '' }) => {
    const [, host, port] = /^http:\/\/([a-z-]+):(\d+)$/.exec(value) ?? [];
    if (!host) return [];
    const service = objects.find((object) => object.kind === 'Service' && object.metadata?.name === host);
    const open = service?.spec?.ports?.some((one) => String(one.port) === port);
    return open ? [] : [`${name}=${value}, but no Service ${host} has the port ${port}`];
  });
}

function secretFindings({ env = [] }: Container, has: (kind: string, name?: string) => boolean): string[] {
  const asked = env.flatMap(({ name, value, valueFrom }) => {
    if (name === 'JOB_MONGODB_SECRET' && value) return [value];
    const { secretKeyRef } = valueFrom ?? {};
    return secretKeyRef && !secretKeyRef.optional ? [secretKeyRef.name] : [];
  });
  return asked.filter((name) => !has('Secret', name)).map((name) => `there is no Secret ${name}`);
}

function targetFindings({ kind, metadata, spec }: KubernetesObject, pods: Pod[]): string[] {
  const target = spec?.scaleTargetRef?.name ?? spec?.selector?.matchLabels?.[NAME];
  const found = pods.some(({ name }) => name === target);
  return found ? [] : [`${kind} ${metadata?.name} is for ${target}, which is not there`];
}
