import type { Container, EnvVar, KeySelector, Pod, Secret } from '../objects.ts';
import { POD_FIELDS, subscriptOf } from '../pod-fields.ts';

/** Thrown when a container can't be created from its manifest. The container then waits with `CreateContainerConfigError`. */
export class ContainerConfigError extends Error {
  override name = 'ContainerConfigError';
}

/** The sources of an environment's values, other than the manifest. */
export interface EnvSources {
  pod: Pod;
  /** Address of the pod and of its node. */
  address: string;
  /** Service variables that every container gets, such as `KUBERNETES_SERVICE_HOST`. */
  services: Record<string, string>;
  secret(name: string): Secret | undefined;
}

/**
 * Replaces `$(NAME)` with the value of NAME in `known`, and `$$` with `$`. All other text stays as it is, and inserted values are not
 * expanded again. Source of the rules: V1EnvVar.value in the API reference, checked on a real kubelet.
 */
export function expand(text: string, known: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$(?:\$|\(([^)]*)\))/g, (match, name?: string) => {
    if (match === '$$') return '$';
    return known.get(name ?? '') ?? match;
  });
}

/**
 * Returns the variables that a kubelet sets in a container, without those of the image: services, then `env` in order. A value can refer
 * only to earlier variables. If a name is repeated, the last value wins.
 *
 * @throws {ContainerConfigError} when a required Secret, or a key of it, is missing.
 */
export function containerEnv(container: Container, sources: EnvSources): Map<string, string> {
  const result = new Map(Object.entries(sources.services));
  for (const variable of container.env ?? []) {
    const value = valueOf(variable, result, sources);
    if (value !== undefined) result.set(variable.name, value);
  }
  return result;
}

function valueOf(
  { value = '', valueFrom }: EnvVar,
  known: ReadonlyMap<string, string>,
  sources: EnvSources,
): string | undefined {
  if (!valueFrom) return expand(value, known);
  if (valueFrom.fieldRef) return fieldValue(valueFrom.fieldRef.fieldPath, sources);
  return valueFrom.secretKeyRef && secretValue(valueFrom.secretKeyRef, sources);
}

function fieldValue(path: string, { pod, address }: EnvSources): string {
  const subscript = subscriptOf(path);
  const value = subscript && pod.metadata[subscript.part]?.[subscript.key];
  return value ?? POD_FIELDS[path]?.(pod, address) ?? '';
}

function secretValue({ name = '', key, optional }: KeySelector, sources: EnvSources): string | undefined {
  const found = sources.secret(name);
  const value = found?.data?.[key];
  if (value !== undefined) return Buffer.from(value, 'base64').toString('utf8');
  if (optional) return undefined;
  throw new ContainerConfigError(
    found
      ? `couldn't find key ${key} in Secret ${sources.pod.metadata.namespace}/${name}`
      : `secret "${name}" not found`,
  );
}
