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
 * Keys are normalized as `EnvironmentSetter` does. A variable of the same name is replaced where it stands, as others may refer to it;
 * there is then one of that name, without a `valueFrom`. Every `$` is written as `$$`: the kubelet turns it back, and would otherwise
 * replace a `$(NAME)` in a propagated value by the value of another variable of that container.
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

/** In the package itself this is its own `normalizeKey`; the published version does not export it. */
function normalizeKey(key: string): string {
  const written: Record<string, string> = {};
  new EnvironmentSetter(written).set(undefined, key, '');
  return Object.keys(written)[0] ?? key;
}
