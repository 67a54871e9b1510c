import type { Container, EnvFromSource, EnvVar, KeyedData, KeySelector, Pod } from '../objects.ts';
import { parseQuantity } from '../quantity.ts';

/** A container cannot be created from its manifest: shown as the waiting reason `CreateContainerConfigError`. */
export class ContainerConfigError extends Error {
  override name = 'ContainerConfigError';
}

/** What an environment may refer to besides the manifest. */
export interface EnvSources {
  pod: Pod;
  /** Addresses of the pod and its node: known only once the pod runs. */
  podIP: string;
  hostIP: string;
  /** Variables of the services that every container sees, `KUBERNETES_SERVICE_HOST` and so on. */
  services: Record<string, string>;
  find(kind: 'secrets' | 'configmaps', name: string): KeyedData | undefined;
}

/**
 * Replaces `$(NAME)` by the value that NAME has in `known`, and `$$` by `$`; anything else stays as written. A value that was put in
 * is not looked at again. Source of the rules: V1EnvVar.value in the API reference, checked on a real kubelet.
 */
export function expand(text: string, known: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$(?:\$|\(([^)]*)\))/g, (match, name?: string) => {
    if (match === '$$') return '$';
    return known.get(name ?? '') ?? match;
  });
}

/**
 * The variables a kubelet gives to a container, before those of the image: services, then `envFrom`, then `env` in its order, where a
 * value sees only what came before it. Of a name given twice the last value wins.
 *
 * @throws {ContainerConfigError} when a Secret, a ConfigMap or a key of them is missing and not optional.
 */
export function containerEnv(container: Container, sources: EnvSources): Map<string, string> {
  const result = new Map<string, string>();
  for (const source of container.envFrom ?? []) addAll(result, source, sources);
  const known = new Map([...Object.entries(sources.services), ...result]);
  for (const variable of container.env ?? []) {
    const value = valueOf(variable, container, known, sources);
    if (value === undefined) continue;
    known.set(variable.name, value);
    result.set(variable.name, value);
  }
  for (const [name, value] of Object.entries(sources.services))
    if (!result.has(name)) result.set(name, value);
  return result;
}

function addAll(result: Map<string, string>, source: EnvFromSource, sources: EnvSources): void {
  const kind = source.secretRef ? 'secrets' : 'configmaps';
  const reference = source.secretRef ?? source.configMapRef ?? {};
  const found = lookUp(kind, { name: reference.name, optional: reference.optional }, sources);
  for (const name of Object.keys(found?.data ?? {}).toSorted()) {
    result.set((source.prefix ?? '') + name, decoded(kind, found?.data?.[name] ?? ''));
  }
}

function valueOf(
  variable: EnvVar,
  container: Container,
  known: ReadonlyMap<string, string>,
  sources: EnvSources,
): string | undefined {
  const from = variable.valueFrom;
  if (!from) return expand(variable.value ?? '', known);
  if (from.fieldRef) return fieldValue(from.fieldRef.fieldPath, sources);
  if (from.resourceFieldRef) return resourceValue(from.resourceFieldRef, container, sources.pod);
  if (from.secretKeyRef) return keyValue('secrets', from.secretKeyRef, sources);
  return from.configMapKeyRef && keyValue('configmaps', from.configMapKeyRef, sources);
}

function fieldValue(path: string, { pod, podIP, hostIP }: EnvSources): string {
  const subscript = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path);
  if (subscript) return pod.metadata[subscript[1] as 'labels' | 'annotations']?.[subscript[2] ?? ''] ?? '';
  const fields: Record<string, string | undefined> = {
    'metadata.name': pod.metadata.name,
    'metadata.namespace': pod.metadata.namespace,
    'metadata.uid': pod.metadata.uid,
    'spec.nodeName': pod.spec.nodeName,
    'spec.serviceAccountName': pod.spec.serviceAccountName,
    'status.hostIP': hostIP,
    'status.hostIPs': hostIP,
    'status.podIP': podIP,
    'status.podIPs': podIP,
  };
  return fields[path] ?? '';
}

function resourceValue(
  { containerName, resource, divisor }: { containerName?: string; resource: string; divisor?: string },
  own: Container,
  pod: Pod,
): string {
  const container = pod.spec.containers.find((one) => one.name === containerName) ?? own;
  const [kind, ...rest] = resource.split('.');
  const quantity = container.resources?.[kind as 'limits' | 'requests']?.[rest.join('.')] ?? '0';
  const unit = parseQuantity(divisor && divisor !== '0' ? divisor : '1');
  return String(Math.ceil(parseQuantity(quantity) / unit));
}

function keyValue(
  kind: 'secrets' | 'configmaps',
  selector: KeySelector,
  sources: EnvSources,
): string | undefined {
  const found = lookUp(kind, selector, sources);
  const value = found?.data?.[selector.key];
  if (value !== undefined) return decoded(kind, value);
  if (found === undefined || selector.optional) return undefined;
  const shown = kind === 'secrets' ? 'Secret' : 'ConfigMap';
  throw new ContainerConfigError(
    `couldn't find key ${selector.key} in ${shown} ${sources.pod.metadata.namespace}/${selector.name ?? ''}`,
  );
}

function lookUp(
  kind: 'secrets' | 'configmaps',
  { name = '', optional }: { name?: string | undefined; optional?: boolean | undefined },
  sources: EnvSources,
): KeyedData | undefined {
  const found = sources.find(kind, name);
  if (!found && !optional)
    throw new ContainerConfigError(`${kind === 'secrets' ? 'secret' : 'configmap'} "${name}" not found`);
  return found;
}

function decoded(kind: 'secrets' | 'configmaps', value: string): string {
  return kind === 'secrets' ? Buffer.from(value, 'base64').toString('utf8') : value;
}
