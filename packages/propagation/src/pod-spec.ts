import type { Context } from '@opentelemetry/api';
import { v1EnvVarCarrier, type V1EnvVarLike } from './carriers/v1-env-var.ts';
import { currentContext } from './current-context.ts';
import { injectContext } from './inject.ts';
import { TRACE_SHAPE_VARIABLE } from './extracted-root-shape.ts';
import { attempt, warn } from './report-once.ts';
import type { TraceShape } from './trace-shape.ts';

/**
 * `injectIntoPodSpec` writes the context into the containers of a pod spec of this type. A `V1PodSpec` of the Kubernetes client
 * is such a pod spec.
 */
export interface PodSpecLike {
  containers: ContainerLike[];
  initContainers?: ContainerLike[];
}

/**
 * `injectIntoPodSpec` writes the context into containers of this type. A `V1Container` of the Kubernetes client is such a
 * container.
 */
export interface ContainerLike {
  env?: V1EnvVarLike[];
}

/**
 * You pass an object of this type to `injectIntoPodSpec`. It is a pod spec, or an object that contains a pod spec: a pod, a
 * pod template, a Job, or another workload with a template.
 */
export type PodOwner =
  | PodSpecLike
  | { spec?: PodSpecLike | undefined }
  | { template: { spec?: PodSpecLike | undefined } }
  | { spec?: { template: { spec?: PodSpecLike | undefined } } | undefined };

/** You pass these options to `injectIntoPodSpec`. They decide what a pod's programs get in addition to the context. */
export interface PodSpecOptions {
  /**
   * How the spans of the pod's programs relate to the context. The containers get this value in the variable `TRACE_SHAPE`. Use
   * `link` if pods run long after the trace in which you created their workload, as with a Deployment. If you leave out `shape`,
   * the variable is not changed.
   */
  shape?: TraceShape | undefined;
}

/**
 * Writes the current context into the environment of every container and init container of a pod. Returns the object that you
 * passed. Never throws.
 *
 * Call it before you create the Job, because a pod template can't be changed afterwards. The function doesn't accept a CronJob,
 * because all runs of the CronJob would get the context in which you created it.
 * @param owner a pod spec, a pod, a pod template, a Job, a Job's spec, or another workload with a template; for a
 *   custom resource, each result of {@link podOwnersAt}
 */
export function injectIntoPodSpec<P extends PodOwner>(
  owner: P,
  source: Context = currentContext(),
  options: PodSpecOptions = {},
): P {
  const containers = attempt('find the containers of a pod', () => containersIn(podSpecIn(owner)));
  if (!containers) {
    const got = attempt('describe what has no containers', () => describe(owner)) ?? typeof owner;
    warn(
      `Carried no context into a pod: found no containers in ${got}. Expected a V1PodSpec, V1Pod, V1PodTemplateSpec or V1Job. For a custom resource or a list, pass each result of podOwnersAt().`,
    );
    return owner;
  }
  // One by one, so that a container that can't be changed doesn't affect the others.
  for (const container of containers) {
    attempt('carry context into a pod', () => {
      const env = container.env ?? [];
      injectContext(source, env, v1EnvVarCarrier);
      if (options.shape) v1EnvVarCarrier.set(env, TRACE_SHAPE_VARIABLE, options.shape);
      if (env.length > 0 && env !== container.env) container.env = env;
    });
  }
  return owner;
}

function containersIn(podSpec: PodSpecLike | undefined): ContainerLike[] | undefined {
  if (!podSpec) return undefined;
  const lists: unknown[] = [podSpec.initContainers, podSpec.containers];
  return lists.filter((list) => Array.isArray(list)).flat() as ContainerLike[];
}

function describe(owner: unknown): string {
  if (Array.isArray(owner)) return 'a list';
  if (typeof owner !== 'object' || owner === null) return String(owner === null ? owner : typeof owner);
  const { kind } = owner as { kind?: unknown };
  if (typeof kind === 'string' && /^\w+$/.test(kind)) return `a ${kind}`;
  return `an object with the fields ${JSON.stringify(Object.keys(owner).slice(0, MAX_NAMED_FIELDS))}`;
}

const MAX_NAMED_FIELDS = 5;

type Parts = { [Part in 'spec' | 'template' | 'containers']?: unknown };

function podSpecIn(owner: unknown): PodSpecLike | undefined {
  let part = owner as Parts | undefined | null;
  // At most as deep as `spec.template.spec`, the path in a Job.
  for (let depth = 0; depth <= 3 && typeof part === 'object' && part !== null; depth++) {
    if (Array.isArray(part.containers)) return part as unknown as PodSpecLike;
    part = (part.template ?? part.spec) as Parts | undefined;
  }
  return undefined;
}
