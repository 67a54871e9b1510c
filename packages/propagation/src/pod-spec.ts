import { context, type Context } from '@opentelemetry/api';
import { v1EnvVarCarrier, type V1EnvVarLike } from './carriers/v1-env-var.ts';
import { injectContext } from './inject.ts';

/** The part of a Kubernetes pod spec that carries context; a `V1PodSpec` fits. */
export interface PodSpecLike {
  containers: ContainerLike[];
  initContainers?: ContainerLike[];
}

/** The part of a container that carries context; a `V1Container` fits. */
export interface ContainerLike {
  env?: V1EnvVarLike[];
}

/**
 * Writes the current context into the environment of every container and init container, and gives the pod spec back.
 *
 * Call it before the Job is created: a pod template cannot be changed afterwards.
 */
export function injectIntoPodSpec<P extends PodSpecLike>(podSpec: P, source: Context = context.active()): P {
  for (const container of [...(podSpec.initContainers ?? []), ...podSpec.containers]) {
    container.env ??= [];
    injectContext(source, container.env, v1EnvVarCarrier);
  }
  return podSpec;
}
