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
/** Any container that gets a signal shows such a reason, so it doesn't explain why the container was stopped. */
const ORDINARY_ENDS = ['Error', 'Completed', 'ContainerStatusUnknown'];

/** How an attempt ended, as Kubernetes reports it. */
export interface Outcome {
  /** `Completed`, `Error`, `OOMKilled`, `DeadlineExceeded`, `ErrImagePull`, `Evicted`, `JobSuspended`, `JobDeleted`, `PodDeleted`, … */
  reason: string;
  failed: boolean;
  exitCode?: number;
  endedAt: Date;
}

/** The last known state of a pod, and whether it has been deleted since then. */
export interface SeenPod {
  pod: V1Pod;
  isGone: boolean;
  /** What kept it from starting, from an earlier state: the last state may lack it. */
  startProblem?: string | undefined;
  /** When its deletion was first requested: the last state may show a later time. */
  deletionAskedAt?: Date | undefined;
}

/**
 * Returns how an attempt ended, or undefined if it hasn't ended. The attempt of a pod that is being deleted ends when the pod is gone,
 * because only then is its last state known.
 *
 * @param job the current Job; undefined if it was deleted. Used only for a deleted pod, so that the outcome of an existing pod never
 *   changes
 */
export function outcomeOf(seen: SeenPod, job: V1Job | undefined): Outcome | undefined {
  const { pod, isGone } = seen;
  if (!isGone && (pod.metadata?.deletionTimestamp || !isOver(pod))) return undefined;
  const exitCode = exitCodeOf(pod);
  const reason = reasonOf(seen, job);
  return {
    reason,
    // Kubernetes doesn't count a pod that a suspension ended, and creates another one when the Job is resumed.
    failed: pod.status?.phase !== 'Succeeded' && reason !== SUSPENDED,
    ...(exitCode !== undefined && { exitCode }),
    endedAt: finishedAt(pod) ?? askedToGoAt(seen) ?? new Date(),
  };
}

function reasonOf(seen: SeenPod, job: V1Job | undefined): string {
  const { pod } = seen;
  const own = endReason(pod);
  if (!wasCutOff(seen)) return own ?? 'Unknown';
  if (own && !ORDINARY_ENDS.includes(own)) return own;
  const problem = startedAt(pod) ? undefined : (startProblem(pod) ?? seen.startProblem);
  if (problem) return problem;
  if (!job || job.metadata?.deletionTimestamp) return 'JobDeleted';
  return jobFailure(job)?.reason ?? (isSuspended(job) ? SUSPENDED : 'PodDeleted');
}

/** Reports whether the pod was deleted before it ended by itself. */
function wasCutOff(seen: SeenPod): boolean {
  if (!seen.isGone) return false;
  const finished = finishedAt(seen.pod);
  if (!isOver(seen.pod) || !finished) return true;
  const asked = askedToGoAt(seen);
  return asked !== undefined && finished >= asked;
}

const askedToGoAt = (seen: SeenPod): Date | undefined => seen.deletionAskedAt ?? deletionAskedAt(seen.pod);
