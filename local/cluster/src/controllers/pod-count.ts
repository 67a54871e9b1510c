import type { Job } from '../objects.ts';
import { indexOf, type Tally } from './job-tally.ts';

const FIRST_DELAY_S = 10;
const LAST_DELAY_S = 600;

/** Returns how many pods of a Job should be active. */
export function wantedPods(job: Job, { succeeded }: Tally): number {
  const { parallelism = 1, completions = 1 } = job.spec;
  return Math.max(0, Math.min(parallelism, completions - succeeded));
}

/** Returns the indexes that are neither completed nor active, in ascending order. */
export function freeIndexes(job: Job, { completedIndexes, active }: Tally): number[] {
  const taken = new Set([...completedIndexes, ...active.map(indexOf)]);
  const all = Array.from({ length: job.spec.completions ?? 0 }, (_, index) => index);
  return all.filter((index) => !taken.has(index));
}

/** Returns the seconds from the last failure to the retry: 10, doubled with each further failure since the last success, up to 600. */
export function retryDelaySeconds(failures: number): number {
  return Math.min(FIRST_DELAY_S * 2 ** (failures - 1), LAST_DELAY_S);
}
