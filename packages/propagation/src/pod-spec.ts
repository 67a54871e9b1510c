import { context, diag, type Context } from '@opentelemetry/api';
import { v1EnvVarCarrier, type V1EnvVarLike } from './carriers/v1-env-var.ts';
import { injectContext } from './inject.ts';
import { reportOnce } from './report-once.ts';

/** The part of a Kubernetes pod spec that carries context; a `V1PodSpec` fits. */
export interface PodSpecLike {
  containers: ContainerLike[];
  initContainers?: ContainerLike[];
}

/** The part of a container that carries context; a `V1Container` fits. */
export interface ContainerLike {
  env?: V1EnvVarLike[];
}

/** A pod spec, or what it is in: a pod or a pod template, or a Job or another workload that holds a template. */
export type PodOwner =
  | PodSpecLike
  | { spec?: PodSpecLike }
  | { template: { spec?: PodSpecLike } }
  | { spec?: { template: { spec?: PodSpecLike } } };

/**
 * Writes the current context into the environment of every container and init container, and gives the object back. Never throws.
 *
 * Call it before the Job is created: a pod template cannot be changed afterwards. A CronJob is not accepted, as all of its runs
 * would get the context of the one who created it.
 * @param owner a pod spec, a pod, a pod template, a Job, a Job's spec, or another workload with a template
 */
export function injectIntoPodSpec<P extends PodOwner>(owner: P, source: Context = context.active()): P {
  const podSpec = podSpecIn(owner);
  if (!podSpec) {
    diag.warn(
      'Carried no context into a pod: found no containers. Expected a V1PodSpec, V1Pod, V1PodTemplateSpec or V1Job.',
    );
    return owner;
  }
  try {
    for (const container of [...(podSpec.initContainers ?? []), ...podSpec.containers]) {
      container.env ??= [];
      injectContext(source, container.env, v1EnvVarCarrier);
    }
  } catch (error) {
    reportOnce('Failed to carry context into a pod; the work goes on without it.', error);
  }
  return owner;
}

type Parts = { [Part in 'spec' | 'template' | 'containers']?: unknown };

function podSpecIn(owner: unknown): PodSpecLike | undefined {
  let part = owner as Parts | undefined | null;
  // No deeper than `spec.template.spec`, the way of a Job.
  for (let depth = 0; depth <= 3 && typeof part === 'object' && part !== null; depth++) {
    if (Array.isArray(part.containers)) return part as unknown as PodSpecLike;
    part = (part.template ?? part.spec) as Parts | undefined;
  }
  return undefined;
}
