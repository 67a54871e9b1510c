import type { Container, EnvVar, KeySelector, Pod, Secret } from '../objects.ts';
import { POD_FIELDS, subscriptOf } from '../pod-fields.ts';

/** A container cannot be created from its manifest: shown as the waiting reason `CreateContainerConfigError`. */
export class ContainerConfigError extends Error {
  override name = 'ContainerConfigError';
}

/** What an environment may refer to besides the manifest. */
export interface EnvSources {
  pod: Pod;
  /** Address of the pod and of its node. */
  address: string;
  /** Variables of the services that every container sees, `KUBERNETES_SERVICE_HOST` and so on. */
  services: Record<string, string>;
  secret(name: string): Secret | undefined;
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
 * The variables a kubelet gives to a container, before those of the image: services, then `env` in its order, where a value sees only
 * what came before it. Of a name given twice the last value wins.
 *
 * @throws {ContainerConfigError} when a Secret or a key of it is missing and not optional.
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
