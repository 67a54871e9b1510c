import type { V1ContainerState, V1ContainerStatus, V1Job, V1Pod } from '@kubernetes/client-node';

/** What one pod or Job object says, read the same from the client (dates) and from a watch (text). */

/** Kubernetes' own words for a container that is only on its way. */
const ON_ITS_WAY = new Set(['ContainerCreating', 'PodInitializing']);
/** The wait between two pulls says nothing new; as one word it does not depend on when one looks. */
const SAME_AS: Record<string, string> = { ImagePullBackOff: 'ErrImagePull' };

export const instant = (value: Date | string | null | undefined): Date | undefined =>
  value ? new Date(value) : undefined;

export const podUid = (pod: V1Pod): string => pod.metadata?.uid ?? '';
export const podLabel = (pod: V1Pod, name: string): string | undefined => pod.metadata?.labels?.[name];
/** Set by the Job controller on each of its pods. */
export const jobUidOf = (pod: V1Pod): string =>
  podLabel(pod, 'batch.kubernetes.io/controller-uid') ?? pod.metadata?.ownerReferences?.[0]?.uid ?? '';
export const jobNameOf = (pod: V1Pod): string => podLabel(pod, 'batch.kubernetes.io/job-name') ?? '';

export const createdAt = (object: V1Pod | V1Job): Date =>
  instant(object.metadata?.creationTimestamp) ?? new Date(0);

/** When it was asked to go: the timestamp on the object is that moment plus the grace period. */
export function deletionAskedAt(pod: V1Pod): Date | undefined {
  const due = instant(pod.metadata?.deletionTimestamp);
  return due && new Date(due.getTime() - (pod.metadata?.deletionGracePeriodSeconds ?? 0) * 1_000);
}

/** The container that decides: the first one, or an init container that failed before it. */
function decisive(pod: V1Pod): V1ContainerStatus | undefined {
  const failedInit = pod.status?.initContainerStatuses?.find((status) => status.state?.terminated?.exitCode);
  return failedInit ?? pod.status?.containerStatuses?.[0];
}

const stateOf = (pod: V1Pod): V1ContainerState | undefined => decisive(pod)?.state;

export const exitCodeOf = (pod: V1Pod): number | undefined => stateOf(pod)?.terminated?.exitCode;
export const isOver = (pod: V1Pod): boolean =>
  pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** When the container started; of one that the kubelet lost sight of it is unknown, and 1970 when it could not be started. */
export function startedAt(pod: V1Pod): Date | undefined {
  const state = stateOf(pod);
  const started = instant(state?.terminated?.startedAt ?? state?.running?.startedAt);
  return started && started.getTime() > 0 ? started : undefined;
}

export const finishedAt = (pod: V1Pod): Date | undefined => instant(stateOf(pod)?.terminated?.finishedAt);
/** What the container left behind as its last words; at most 4096 bytes. */
export const terminationMessage = (pod: V1Pod): string | undefined => stateOf(pod)?.terminated?.message;
export const scheduledAt = (pod: V1Pod): Date | undefined =>
  instant(condition(pod, 'PodScheduled')?.lastTransitionTime);
/** When the kubelet took the pod on: pulling the image comes after it. */
export const acceptedAt = (pod: V1Pod): Date | undefined => instant(pod.status?.startTime);

/** What keeps the pod from starting, e.g. `ErrImagePull`, `CreateContainerConfigError`, `Unschedulable`. */
export function startProblem(pod: V1Pod): string | undefined {
  const waiting = stateOf(pod)?.waiting?.reason;
  if (waiting && !ON_ITS_WAY.has(waiting)) return SAME_AS[waiting] ?? waiting;
  return pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
    ?.reason;
}

/** Why it ended, as far as the pod itself says: `Evicted`, `OOMKilled`, `Error`, `Completed`, … */
export function endReason(pod: V1Pod): string | undefined {
  return (
    condition(pod, 'DisruptionTarget')?.reason ??
    (pod.status?.reason || undefined) ??
    (stateOf(pod)?.terminated?.reason || undefined)
  );
}

function condition(pod: V1Pod, type: string) {
  return pod.status?.conditions?.find((found) => found.type === type && found.status === 'True');
}

export const isSuspended = (job: V1Job): boolean =>
  job.spec?.suspend === true ||
  (job.status?.conditions?.some(({ type, status }) => type === 'Suspended' && status === 'True') ?? false);
/** Since when the Job is suspended; undefined when it is not, as far as its controller says. */
export const suspendedAt = (job: V1Job): Date | undefined => suspension(job, 'True');
/** When the Job was last resumed. */
export const resumedAt = (job: V1Job): Date | undefined => suspension(job, 'False');

function suspension(job: V1Job, status: 'True' | 'False'): Date | undefined {
  const found = job.status?.conditions?.find((one) => one.type === 'Suspended' && one.status === status);
  return instant(found?.lastTransitionTime);
}

/** Why the Job failed or is about to: the controller says so before it takes the pods away. */
export function jobFailure(job: V1Job): { reason: string; at: Date } | undefined {
  const failed = job.status?.conditions?.find(
    ({ type, status }) => (type === 'FailureTarget' || type === 'Failed') && status === 'True',
  );
  return (
    failed && { reason: failed.reason ?? 'Failed', at: instant(failed.lastTransitionTime) ?? new Date() }
  );
}
