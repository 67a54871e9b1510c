import type { Carrier } from '../carrier.ts';
import { envNameOf, isEnvName } from './env-name.ts';
import { fitsEnvironment, MAX_VARIABLE_BYTES } from './env-value.ts';

/**
 * `v1EnvVarCarrier` reads and writes a list of these variables. The type has the shape of Kubernetes' `V1EnvVar`, so you don't
 * need the Kubernetes client.
 */
export interface V1EnvVarLike {
  name: string;
  value?: string;
  valueFrom?: object;
}

/**
 * Carries context in the `env` list of a Kubernetes container. The kubelet, which starts the container, puts the variables of
 * this list into the environment of the process.
 *
 * The carrier replaces a variable of the same name. If it added a second variable of that name, the API server would warn, and
 * only the last one would count.
 *
 * The kubelet replaces `$(NAME)` in a value with the value of the variable `NAME`. So if a caller sent a `tracestate` with
 * `$(NAME)`, the Job would pass on the value of its own variable `NAME`, such as a password. To prevent this, the carrier writes
 * `$` as `$$`, which the kubelet turns back into `$`.
 * Source: `value` in https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */
export const v1EnvVarCarrier: Carrier<V1EnvVarLike[]> = {
  isInternal: true,
  nameOf: envNameOf,
  set(env, field, value) {
    const name = envNameOf(field);
    if (!fitsEnvironment(name, value)) return;
    removeAll(env, name);
    env.push({ name, value: value.includes('$') ? value.replaceAll('$', '$$$$') : value });
  },
  get(env, field) {
    const name = envNameOf(field);
    const variable = Array.isArray(env) ? env.findLast((entry) => entry?.name === name) : undefined;
    return literalValue(variable?.value);
  },
  keys: (env) => (Array.isArray(env) ? env.map((entry) => entry?.name).filter(isEnvName) : []),
  isEmpty: (env) => env.length === 0,
  clear(env, field) {
    removeAll(env, envNameOf(field));
  },
};

function removeAll(env: V1EnvVarLike[], name: string): void {
  for (let index = env.length - 1; index >= 0; index--) {
    if (env[index]?.name === name) env.splice(index, 1);
  }
}

function literalValue(value: unknown): string | undefined {
  // Escaping at most doubles a value, so `set` can't have written a longer one.
  if (typeof value !== 'string' || value.length > 2 * MAX_VARIABLE_BYTES) return undefined;
  if (!value.includes('$')) return value;
  return hasReference(value.replaceAll('$$', '')) ? undefined : value.replaceAll('$$', '$');
}

// The kubelet expands references that are not escaped, so the value is not known here.
function hasReference(unescaped: string): boolean {
  const start = unescaped.indexOf('$(');
  return start !== -1 && unescaped.includes(')', start);
}
