import {
  ApiException,
  type BatchV1Api,
  type CoreV1Api,
  type V1Job,
  type V1Pod,
} from '@kubernetes/client-node';
import type { JobAttempt, JobPhase, ReportStatus } from '@beyond-headers/contracts';
import { TRACE_ID_LABEL } from './job-manifest.ts';
import { kubernetesProblem } from './kubernetes-problem.ts';

/** What Kubernetes says of a Job and its pods; undefined when there is no such Job. */
export async function readReport(
  batch: BatchV1Api,
  core: CoreV1Api,
  namespace: string,
  jobName: string,
): Promise<ReportStatus | undefined> {
  try {
    const job = await batch.readNamespacedJob({ namespace, name: jobName });
    const pods = await core.listNamespacedPod({
      namespace,
      labelSelector: `batch.kubernetes.io/job-name=${jobName}`,
    });
    return toReportStatus(job, pods.items);
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined;
    throw kubernetesProblem(error);
  }
}

export function toReportStatus(job: V1Job, pods: V1Pod[]): ReportStatus {
  const attempts = pods.toSorted(byCreation).map(toAttempt);
  const failed = condition(job, 'Failed');
  const { exitCode } = attempts.at(-1) ?? {};
  return {
    jobName: job.metadata?.name ?? '',
    namespace: job.metadata?.namespace ?? '',
    phase: phaseOf(job),
    attempts,
    ...(failed?.reason && { reason: failed.reason }),
    ...(exitCode !== undefined && { exitCode }),
    ...(job.metadata?.labels?.[TRACE_ID_LABEL] && { traceId: job.metadata.labels[TRACE_ID_LABEL] }),
  };
}

function phaseOf(job: V1Job): JobPhase {
  if (condition(job, 'Complete')) return 'succeeded';
  if (condition(job, 'Failed')) return 'failed';
  return (job.status?.ready ?? 0) > 0 ? 'running' : 'pending';
}

const condition = (job: V1Job, type: string) =>
  job.status?.conditions?.find((found) => found.type === type && found.status === 'True');

const byCreation = (a: V1Pod, b: V1Pod) =>
  Number(a.metadata?.creationTimestamp ?? 0) - Number(b.metadata?.creationTimestamp ?? 0);

function toAttempt(pod: V1Pod): JobAttempt {
  const state = pod.status?.containerStatuses?.[0]?.state;
  const ended = state?.terminated;
  const reason = ended?.reason ?? state?.waiting?.reason ?? pod.status?.reason;
  const startedAt = ended?.startedAt ?? state?.running?.startedAt;
  return {
    pod: pod.metadata?.name ?? '',
    phase: pod.status?.phase ?? 'Unknown',
    ...(reason && { reason }),
    ...(ended && { exitCode: ended.exitCode }),
    ...(startedAt && { startedAt: startedAt.toISOString() }),
    ...(ended?.finishedAt && { finishedAt: ended.finishedAt.toISOString() }),
  };
}
