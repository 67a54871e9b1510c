import type { TextMapSetter } from '@opentelemetry/api';
import { EnvironmentSetter } from '@opentelemetry/propagator-env-carrier';

/** A variable of a container, in the shape of Kubernetes' `V1EnvVar`. */
export interface KubernetesEnvVar {
  name: string;
  value?: string;
  valueFrom?: object;
}

/**
 * TextMapSetter that writes propagation values to the `env` list of a Kubernetes container.
 *
 * `KubernetesEnvironmentSetter` changes only the list that its constructor is given. Pass `undefined` as the carrier when you use it
 * with a `TextMapPropagator`.
 *
 * Keys are normalized as `EnvironmentSetter` does. An existing variable of the same name is replaced at its position, because other
 * variables may refer to it. Duplicates of that name and its `valueFrom` are removed. Every `$` is written as `$$`, which the kubelet
 * turns back into `$`. Otherwise, it would expand a `$(NAME)` in a propagated value.
 *
 * @see https://opentelemetry.io/docs/specs/otel/context/env-carriers/
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export class KubernetesEnvironmentSetter implements TextMapSetter {
  readonly #env: KubernetesEnvVar[];

  constructor(env: KubernetesEnvVar[]) {
    this.#env = env;
  }

  set(_carrier: unknown, key: string, value: string): void {
    const name = normalizeKey(key);
    const variable = { name, value: value.replaceAll('$', '$$$$') };
    const first = this.#env.findIndex((each) => each.name === name);
    if (first === -1) {
      this.#env.push(variable);
      return;
    }
    this.#env[first] = variable;
    for (let index = this.#env.length - 1; index > first; index--) {
      if (this.#env[index]?.name === name) this.#env.splice(index, 1);
    }
  }
}

/** The package's own `normalizeKey`, which its published version does not export. */
function normalizeKey(key: string): string {
  const written: Record<string, string> = {};
  new EnvironmentSetter(written).set(undefined, key, '');
  return Object.keys(written)[0] ?? key;
}
