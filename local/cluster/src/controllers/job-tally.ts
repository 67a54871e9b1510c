import type { Condition, Job, JobStatus, Pod } from '../objects.ts';
import { INDEX_KEY } from './pod-of-job.ts';
import { isOver, isTracked } from './pod-deletion.ts';

/** What a Job's pods amount to at one moment. */
export interface Tally {
  active: Pod[];
  ready: number;
  terminating: number;
  /** Pods that are over and not yet counted in the Job's status. */
  newlySucceeded: Pod[];
  newlyFailed: Pod[];
  /** Totals with the new ones. */
  succeeded: number;
  failed: number;
  /** Of an indexed Job: the indexes that are done, in order. */
  completedIndexes?: number[];
}

export function tally(job: Job, pods: Pod[]): Tally {
  const uncounted = pods.filter(isTracked);
  const newlySucceeded = uncounted.filter((pod) => pod.status.phase === 'Succeeded');
  const newlyFailed = uncounted.filter((pod) => countsAsFailed(pod, job));
  const active = pods.filter((pod) => !isOver(pod) && !pod.metadata.deletionTimestamp);
  const counts = {
    active,
    ready: active.filter(isReady).length,
    terminating: pods.filter((pod) => !isOver(pod) && pod.metadata.deletionTimestamp).length,
    newlySucceeded,
    newlyFailed,
    failed: (job.status.failed ?? 0) + newlyFailed.length,
  };
  if (job.spec.completionMode !== 'Indexed') {
    return { ...counts, succeeded: (job.status.succeeded ?? 0) + newlySucceeded.length };
  }
  const completedIndexes = completed(job, newlySucceeded);
  return { ...counts, completedIndexes, succeeded: completedIndexes.length };
}

/** A pod being deleted counts at once, so that its replacement need not wait, unless the Job asks to wait. */
function countsAsFailed(pod: Pod, job: Job): boolean {
  if (pod.status.phase === 'Failed') return true;
  if (job.spec.podReplacementPolicy === 'Failed') return false;
  return pod.metadata.deletionTimestamp !== undefined && pod.status.phase !== 'Succeeded';
}

function isReady(pod: Pod): boolean {
  return pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

function completed(job: Job, newlySucceeded: Pod[]): number[] {
  const indexes = new Set([
    ...parseIndexes(job.status.completedIndexes ?? ''),
    ...newlySucceeded.map(indexOf),
  ]);
  return [...indexes].filter((index) => index < (job.spec.completions ?? 0)).toSorted((a, b) => a - b);
}

export function indexOf(pod: Pod): number {
  return Number(pod.metadata.annotations?.[INDEX_KEY] ?? -1);
}

/** `[0, 1, 2, 5]` as `0-2,5`, and two in a row as `0,1`, as Kubernetes writes it. */
export function formatIndexes(indexes: number[]): string {
  const runs: [number, number][] = [];
  for (const index of indexes) {
    const last = runs.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs
    .map(([from, to]) => (from === to ? `${from}` : `${from}${to - from > 1 ? '-' : ','}${to}`))
    .join(',');
}

function parseIndexes(text: string): number[] {
  return text
    .split(',')
    .filter(Boolean)
    .flatMap((run) => {
      const [from = 0, to = from] = run.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    });
}

type Totals = Pick<JobStatus, 'succeeded' | 'failed' | 'uncountedTerminatedPods'>;

/** The status that lists the finished pods which it has seen but not added up yet. */
export function notedStatus(job: Job, counts: Tally, conditions: Condition[]): JobStatus {
  const succeeded = counts.completedIndexes ? counts.succeeded : (job.status.succeeded ?? 0);
  const totals = { succeeded, failed: job.status.failed ?? 0, uncountedTerminatedPods: uncounted(counts) };
  return status(job, counts, totals, conditions);
}

/** The status with the finished pods added up. */
export function countedStatus(job: Job, counts: Tally, conditions: Condition[]): JobStatus {
  const totals = { succeeded: counts.succeeded, failed: counts.failed, uncountedTerminatedPods: {} };
  return status(job, counts, totals, conditions);
}

/** The status with the pods that are there now, and the totals as they were. */
export function liveStatus(job: Job, counts: Tally): JobStatus {
  const { succeeded = 0, failed = 0, conditions = [] } = job.status;
  return status(job, counts, { succeeded, failed, uncountedTerminatedPods: {} }, conditions);
}

function status(
  job: Job,
  counts: Tally,
  { succeeded = 0, failed = 0, ...rest }: Totals,
  conditions: Condition[],
): JobStatus {
  const completedIndexes = formatIndexes(counts.completedIndexes ?? []);
  return {
    ...(conditions.length > 0 ? { conditions } : {}),
    ...(job.status.startTime ? { startTime: job.status.startTime } : {}),
    ...(counts.active.length > 0 ? { active: counts.active.length } : {}),
    ...(succeeded > 0 ? { succeeded } : {}),
    ...(failed > 0 ? { failed } : {}),
    terminating: counts.terminating,
    ...(completedIndexes ? { completedIndexes } : {}),
    ...rest,
    ready: counts.ready,
  };
}

function uncounted({
  newlySucceeded,
  newlyFailed,
  completedIndexes,
}: Tally): Totals['uncountedTerminatedPods'] {
  return {
    ...(newlySucceeded.length > 0 && !completedIndexes ? { succeeded: uids(newlySucceeded) } : {}),
    ...(newlyFailed.length > 0 ? { failed: uids(newlyFailed) } : {}),
  };
}

function uids(pods: Pod[]): string[] {
  return pods.map((pod) => pod.metadata.uid);
}
