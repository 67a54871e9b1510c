import type { V1ContainerState, V1ContainerStatus, V1Job, V1Pod } from '@kubernetes/client-node';

/** Facts from one pod or Job object. Its times are dates if it comes from the client, and text if it comes from a watch. */

/** Kubernetes' reasons for a container that is about to start. */
const ON_ITS_WAY = new Set(['ContainerCreating', 'PodInitializing']);
/** Kubernetes alternates between these reasons while it retries a pull. With one reason for both, the result doesn't depend on timing. */
const SAME_AS: Record<string, string> = { ImagePullBackOff: 'ErrImagePull' };

export const instant = (value: Date | string | null | undefined): Date | undefined =>
  value ? new Date(value) : undefined;

export const uidOf = (object: V1Pod | V1Job): string => object.metadata?.uid ?? '';
export const podLabel = (pod: V1Pod, name: string): string | undefined => pod.metadata?.labels?.[name];
/** Returns the pod's index in an Indexed Job. */
export const completionIndex = (pod: V1Pod): string | undefined =>
  podLabel(pod, 'batch.kubernetes.io/job-completion-index');
/** Set by the Job controller on each of its pods. */
export const jobUidOf = (pod: V1Pod): string =>
  podLabel(pod, 'batch.kubernetes.io/controller-uid') ?? pod.metadata?.ownerReferences?.[0]?.uid ?? '';
export const jobNameOf = (pod: V1Pod): string => podLabel(pod, 'batch.kubernetes.io/job-name') ?? '';

export const createdAt = (object: V1Pod | V1Job): Date =>
  instant(object.metadata?.creationTimestamp) ?? new Date(0);

/** Returns when the deletion was requested: `deletionTimestamp` is that time plus the grace period. */
export function deletionAskedAt(pod: V1Pod): Date | undefined {
  const due = instant(pod.metadata?.deletionTimestamp);
  return due && new Date(due.getTime() - (pod.metadata?.deletionGracePeriodSeconds ?? 0) * 1_000);
}

/** Returns the status of the container that decides the outcome: a failed init container, or else the first container. */
function decisive(pod: V1Pod): V1ContainerStatus | undefined {
  const failedInit = pod.status?.initContainerStatuses?.find((status) => status.state?.terminated?.exitCode);
  return failedInit ?? pod.status?.containerStatuses?.[0];
}

const stateOf = (pod: V1Pod): V1ContainerState | undefined => decisive(pod)?.state;

export const exitCodeOf = (pod: V1Pod): number | undefined => stateOf(pod)?.terminated?.exitCode;
export const isOver = (pod: V1Pod): boolean =>
  pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** Returns when the container started; undefined if the kubelet doesn't know, or reports 1970 because the start failed. */
export function startedAt(pod: V1Pod): Date | undefined {
  const state = stateOf(pod);
  const started = instant(state?.terminated?.startedAt ?? state?.running?.startedAt);
  return started && started.getTime() > 0 ? started : undefined;
}

export const finishedAt = (pod: V1Pod): Date | undefined => instant(stateOf(pod)?.terminated?.finishedAt);
/** Returns the container's termination message, at most 4096 bytes. */
export const terminationMessage = (pod: V1Pod): string | undefined => stateOf(pod)?.terminated?.message;
export const scheduledAt = (pod: V1Pod): Date | undefined =>
  instant(condition(pod, 'PodScheduled')?.lastTransitionTime);
/** Returns when the kubelet accepted the pod, before it pulled the image. */
export const acceptedAt = (pod: V1Pod): Date | undefined => instant(pod.status?.startTime);

/** Returns what keeps the pod from starting: `ErrImagePull`, `CreateContainerConfigError`, `Unschedulable`, … */
export function startProblem(pod: V1Pod): string | undefined {
  const waiting = stateOf(pod)?.waiting?.reason;
  if (waiting && !ON_ITS_WAY.has(waiting)) return SAME_AS[waiting] ?? waiting;
  return condition(pod, 'PodScheduled', 'False')?.reason;
}

/** Returns why the pod ended, as far as the pod itself shows: `Evicted`, `OOMKilled`, `Error`, `Completed`, … */
export function endReason(pod: V1Pod): string | undefined {
  return (
    condition(pod, 'DisruptionTarget')?.reason ??
    (pod.status?.reason || undefined) ??
    (stateOf(pod)?.terminated?.reason || undefined)
  );
}

export function condition({ status }: V1Pod | V1Job, type: string, value: 'True' | 'False' = 'True') {
  return status?.conditions?.find((found) => found.type === type && found.status === value);
}

export const isSuspended = (job: V1Job): boolean =>
  job.spec?.suspend === true || condition(job, 'Suspended') !== undefined;
/** Returns when the Job was suspended; undefined if its `Suspended` condition isn't true. */
export const suspendedAt = (job: V1Job): Date | undefined =>
  instant(condition(job, 'Suspended')?.lastTransitionTime);
/** Returns when the Job was last resumed. */
export const resumedAt = (job: V1Job): Date | undefined =>
  instant(condition(job, 'Suspended', 'False')?.lastTransitionTime);

/** Returns why the Job failed or is about to fail: the controller sets the condition before it deletes the pods. */
export function jobFailure(job: V1Job): { reason: string; at: Date } | undefined {
  const failed = condition(job, 'FailureTarget') ?? condition(job, 'Failed');
  return (
    failed && { reason: failed.reason ?? 'Failed', at: instant(failed.lastTransitionTime) ?? new Date() }
  );
}
