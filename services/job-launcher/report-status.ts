import type { BatchV1Api, CoreV1Api, V1Job } from '@kubernetes/client-node';
import type { JobAttempt, JobPhase, ReportStatus } from '@beyond-headers/contracts';
import { TRACE_ID_LABEL } from './job-manifest.ts';
import { asked } from './kubernetes-error.ts';
import { failAsProblem } from './kubernetes-problem.ts';
import { attemptNumber } from './observer/attempt-number.ts';
import { outcomeOf, type SeenPod } from './observer/outcome.ts';
import { condition, jobFailure, startedAt, startProblem, uidOf } from './observer/pod-facts.ts';
import { readJob } from './read-job.ts';
import { timeLimited } from './request-timeout.ts';

export interface ReadReportOptions {
  batch: BatchV1Api;
  core: CoreV1Api;
  namespace: string;
  /** Returns the deleted pods of the Job with this uid. */
  gonePods: (jobUid: string) => SeenPod[];
}

/** Reads a Job and its pods from Kubernetes. Resolves with undefined if there is no such Job. */
export async function readReport(
  jobName: string,
  { batch, core, namespace, gonePods }: ReadReportOptions,
): Promise<ReportStatus | undefined> {
  try {
    const job = await readJob(batch, { namespace, name: jobName });
    if (!job) return undefined;
    const labelSelector = `batch.kubernetes.io/controller-uid=${uidOf(job)}`;
    const { items } = await asked(core.listNamespacedPod({ namespace, labelSelector }, timeLimited()));
    const present = (items ?? []).map((pod) => ({ pod, isGone: false }));
    return toReportStatus(job, [...present, ...gonePods(uidOf(job))]);
  } catch (error) {
    return failAsProblem(error);
  }
}

export function toReportStatus(job: V1Job, seen: SeenPod[]): ReportStatus {
  const pods = unique(seen);
  const attempts = pods.map((pod) => toAttempt(pod, job, pods)).toSorted((a, b) => a.attempt - b.attempt);
  const { exitCode, reason: lastReason } = attempts.at(-1) ?? {};
  const phase = phaseOf(job);
  const reason = jobFailure(job)?.reason ?? (phase === 'succeeded' ? undefined : lastReason);
  return {
    jobName: job.metadata?.name ?? '',
    namespace: job.metadata?.namespace ?? '',
    phase,
    attempts,
    maxAttempts: (job.spec?.backoffLimit ?? DEFAULT_BACKOFF_LIMIT) + 1,
    ...(reason && { reason }),
    ...(exitCode !== undefined && { exitCode }),
    ...(job.metadata?.labels?.[TRACE_ID_LABEL] && { traceId: job.metadata.labels[TRACE_ID_LABEL] }),
  };
}

/** Kubernetes' default. Source: https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy */
const DEFAULT_BACKOFF_LIMIT = 6;

const unique = (seen: SeenPod[]): SeenPod[] => [
  ...new Map(seen.map((one) => [uidOf(one.pod), one])).values(),
];

export function phaseOf(job: V1Job): JobPhase {
  if (condition(job, 'Complete')) return 'succeeded';
  if (jobFailure(job)) return 'failed';
  return (job.status?.ready ?? 0) > 0 ? 'running' : 'pending';
}

function toAttempt(seen: SeenPod, job: V1Job, siblings: SeenPod[]): JobAttempt {
  const { pod } = seen;
  const outcome = outcomeOf(seen, job);
  const reason = outcome?.reason ?? startProblem(pod);
  const started = startedAt(pod);
  return {
    attempt: attemptNumber(
      pod,
      siblings.map((one) => one.pod),
    ),
    pod: pod.metadata?.name ?? '',
    phase: pod.status?.phase ?? 'Unknown',
    ...(reason && { reason }),
    ...(outcome?.exitCode !== undefined && { exitCode: outcome.exitCode }),
    ...(started && { startedAt: started.toISOString() }),
    ...(outcome && { finishedAt: outcome.endedAt.toISOString() }),
  };
}
