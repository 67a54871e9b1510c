import type { Job } from '../objects.ts';
import { indexOf, type Tally } from './job-tally.ts';

const FIRST_DELAY_S = 10;
const LAST_DELAY_S = 600;

/** How many pods of a Job should be active now. */
export function wantedPods(job: Job, { succeeded }: Tally): number {
  const { parallelism = 1, completions = 1 } = job.spec;
  return Math.max(0, Math.min(parallelism, completions - succeeded));
}

/** Indexes that are neither done nor being worked on, in order. */
export function freeIndexes(job: Job, { completedIndexes, active }: Tally): number[] {
  const taken = new Set([...completedIndexes, ...active.map(indexOf)]);
  const all = Array.from({ length: job.spec.completions ?? 0 }, (_, index) => index);
  return all.filter((index) => !taken.has(index));
}

/** Seconds between the last failure and the retry: 10, doubled by each failure since the last success, at most 10 minutes. */
export function retryDelaySeconds(failures: number): number {
  return Math.min(FIRST_DELAY_S * 2 ** (failures - 1), LAST_DELAY_S);
}
