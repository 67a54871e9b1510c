import type { Condition, Job, JobStatus, Pod } from '../objects.ts';
import { isOver, isTracked } from './pod-deletion.ts';
import { INDEX_KEY } from './pod-of-job.ts';

/** The counts of a Job's pods at one moment. */
export interface Tally {
  active: Pod[];
  ready: number;
  terminating: number;
  /** Finished pods that the Job's status doesn't count yet. */
  newlySucceeded: Pod[];
  newlyFailed: Pod[];
  /** Totals, which include the new ones. */
  succeeded: number;
  failed: number;
  /** Completed indexes of an Indexed Job, in ascending order. */
  completedIndexes: number[];
}

export function tally(job: Job, pods: Pod[]): Tally {
  const uncounted = pods.filter(isTracked);
  const newlySucceeded = uncounted.filter(({ status }) => status.phase === 'Succeeded');
  // A terminating pod counts as failed at once, so that its replacement doesn't have to wait.
  const newlyFailed = uncounted.filter(
    ({ status, metadata }) =>
      status.phase === 'Failed' || (metadata.deletionTimestamp && status.phase !== 'Succeeded'),
  );
  const alive = pods.filter((pod) => !isOver(pod));
  const active = alive.filter((pod) => !pod.metadata.deletionTimestamp);
  const completedIndexes = completed(job, newlySucceeded);
  const indexed = job.spec.completionMode === 'Indexed';
  return {
    active,
    ready: active.filter(isReady).length,
    terminating: alive.length - active.length,
    newlySucceeded,
    newlyFailed,
    succeeded: indexed ? completedIndexes.length : (job.status.succeeded ?? 0) + newlySucceeded.length,
    failed: (job.status.failed ?? 0) + newlyFailed.length,
    completedIndexes,
  };
}

/** Returns the status for a tally, with the fields in the order in which Kubernetes writes them. */
export function statusOf(job: Job, counts: Tally, conditions: Condition[]): JobStatus {
  const { active, ready, terminating, succeeded, failed } = counts;
  const { startTime } = job.status;
  const completedIndexes = formatIndexes(counts.completedIndexes);
  return {
    ...(conditions.length > 0 ? { conditions } : {}),
    ...(startTime ? { startTime } : {}),
    ...(active.length > 0 ? { active: active.length } : {}),
    ...(succeeded > 0 ? { succeeded } : {}),
    ...(failed > 0 ? { failed } : {}),
    terminating,
    ...(completedIndexes ? { completedIndexes } : {}),
    uncountedTerminatedPods: {},
    ready,
  };
}

function isReady({ status }: Pod): boolean {
  return status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false;
}

function completed({ spec, status }: Job, newlySucceeded: Pod[]): number[] {
  if (spec.completionMode !== 'Indexed') return [];
  const before = parseIndexes(status.completedIndexes ?? '');
  const indexes = new Set([...before, ...newlySucceeded.map(indexOf)]);
  return [...indexes].filter((index) => index < (spec.completions ?? 0)).toSorted((a, b) => a - b);
}

export function indexOf(pod: Pod): number {
  return Number(pod.metadata.annotations?.[INDEX_KEY] ?? -1);
}

/** Formats `[0, 1, 2, 5]` as `0-2,5`, and `[0, 1]` as `0,1`, as Kubernetes does. */
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
  const runs = text.split(',').filter(Boolean);
  return runs.flatMap((run) => {
    const [from = 0, to = from] = run.split('-').map(Number);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}
