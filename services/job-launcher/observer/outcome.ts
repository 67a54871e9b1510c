import type { V1Job, V1Pod } from '@kubernetes/client-node';
import {
  deletionAskedAt,
  endReason,
  exitCodeOf,
  finishedAt,
  isOver,
  isSuspended,
  jobFailure,
  startedAt,
  startProblem,
} from './pod-facts.ts';

const SUSPENDED = 'JobSuspended';

/** How an attempt ended, as Kubernetes saw it. */
export interface Outcome {
  /** `Completed`, `Error`, `OOMKilled`, `DeadlineExceeded`, `ErrImagePull`, `Evicted`, `JobSuspended`, `JobDeleted`, `PodDeleted`, … */
  reason: string;
  failed: boolean;
  exitCode?: number;
  startedAt?: Date;
  endedAt: Date;
}

/** A pod as last seen, and whether it is gone since. */
export interface SeenPod {
  pod: V1Pod;
  isGone: boolean;
  /** What kept it from starting, from an earlier look: the last look at a pod may have lost it. */
  startProblem?: string | undefined;
  /** When it was first asked to go; the last look at a pod shows when it went. */
  deletionAskedAt?: Date | undefined;
}

/**
 * How an attempt ended; undefined while it has not. A pod that is being deleted is judged when it is gone, because only then
 * its last state is known.
 *
 * @param job as it is now; undefined when it was deleted. Only asked of a pod that is gone, so that of a pod which stays the
 *   outcome is the same whenever one looks
 */
export function outcomeOf(seen: SeenPod, job: V1Job | undefined): Outcome | undefined {
  const { pod, isGone } = seen;
  if (!isGone && (pod.metadata?.deletionTimestamp || !isOver(pod))) return undefined;
  const exitCode = exitCodeOf(pod);
  const started = startedAt(pod);
  const reason = reasonOf(seen, job);
  return {
    reason,
    // Kubernetes doesn't count a pod that a suspension ended, and makes another one when the Job is resumed.
    failed: pod.status?.phase !== 'Succeeded' && reason !== SUSPENDED,
    ...(exitCode !== undefined && { exitCode }),
    ...(started && { startedAt: started }),
    endedAt: finishedAt(pod) ?? askedToGoAt(seen) ?? new Date(),
  };
}

function reasonOf(seen: SeenPod, job: V1Job | undefined): string {
  const { pod } = seen;
  if (!wasCutOff(seen)) return endReason(pod) ?? 'Unknown';
  if (endReason(pod) && !isOrdinaryEnd(endReason(pod))) return endReason(pod) ?? '';
  if (!startedAt(pod)) {
    const problem = startProblem(pod) ?? seen.startProblem;
    if (problem) return problem;
  }
  if (!job || job.metadata?.deletionTimestamp) return 'JobDeleted';
  return jobFailure(job)?.reason ?? (isSuspended(job) ? SUSPENDED : 'PodDeleted');
}

/** Gone before it was over by itself. */
function wasCutOff(seen: SeenPod): boolean {
  const { pod, isGone } = seen;
  if (!isGone) return false;
  const finished = finishedAt(pod);
  const asked = askedToGoAt(seen);
  if (!isOver(pod) || !finished) return true;
  return asked !== undefined && finished >= asked;
}

const askedToGoAt = (seen: SeenPod): Date | undefined => seen.deletionAskedAt ?? deletionAskedAt(seen.pod);

/** What any container that got a signal shows: it does not say who wanted it to end. */
function isOrdinaryEnd(reason: string | undefined): boolean {
  return reason === 'Error' || reason === 'Completed' || reason === 'ContainerStatusUnknown';
}
