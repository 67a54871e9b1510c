import { counted, printable } from '@beyond-headers/traces/draw';
import { isJobOver, type JobStanding, type OrderStanding, type Run } from './run.ts';

/** The state of a run's work, independent of its traces. */
export interface Standing {
  /** `retrying (2 of 3)`, `given up`, `OOMKilled (137)`. Absent unless an order or a Job has failed or is being retried. */
  status?: string;
  /** Whether another attempt follows. */
  isRetrying: boolean;
  /** The failures of an order and of a Job, each in a sentence. */
  sentences: string[];
}

interface Trouble {
  status: string;
  isRetrying: boolean;
  sentence: string;
}

/** Summarizes the failures of a run's orders and Jobs. If several failed, one that is still being retried takes precedence. */
export function standingOf({ orders, jobs }: Pick<Run, 'orders' | 'jobs'>): Standing {
  const troubles = [orders.flatMap(orderTrouble), jobs.flatMap(jobTrouble)].flatMap(worstOf);
  const [worst] = worstOf(troubles);
  return {
    ...(worst && { status: worst.status }),
    isRetrying: worst?.isRetrying ?? false,
    sentences: troubles.map(({ sentence }) => sentence),
  };
}

function worstOf(troubles: readonly Trouble[]): Trouble[] {
  const worst = troubles.find(({ isRetrying }) => isRetrying) ?? troubles[0];
  return worst ? [worst] : [];
}

function orderTrouble({ status, attempts, maxAttempts, error }: OrderStanding): Trouble[] {
  const why = error ? `: ${printable(error)}` : '';
  if (status === 'failed') {
    const sentence = `The order was given up after ${counted(attempts, 'attempt')}${why}.`;
    return [{ status: 'given up', isRetrying: false, sentence }];
  }
  const attempt = status === 'pending' ? attempts + 1 : attempts;
  return status === 'fulfilled' || attempt < 2
    ? []
    : [retrying(attempt, maxAttempts, `The order failed${why}`)];
}

function jobTrouble(job: JobStanding): Trouble[] {
  const { phase, failedAttempts, maxAttempts, ...end } = job;
  if (phase === 'failed') {
    const sentence = `The Job failed: ${endOf(end)}.${lossOf(end)}`;
    return [{ status: endOf(end), isRetrying: false, sentence }];
  }
  return isJobOver(job) || failedAttempts === 0
    ? []
    : [retrying(failedAttempts + 1, maxAttempts, `A pod failed: ${endOf(end)}`)];
}

function retrying(attempt: number, maxAttempts: number | undefined, why: string): Trouble {
  const number = maxAttempts === undefined ? `${attempt}` : `${attempt} of ${maxAttempts}`;
  return { status: `retrying (${number})`, isRetrying: true, sentence: `${why}. Attempt ${number} follows.` };
}

type End = Pick<JobStanding, 'reason' | 'exitCode'>;

/** Returns the reason and the exit code: `OOMKilled (137)`. */
function endOf({ reason, exitCode }: End): string {
  const word = printable(reason ?? 'no reason given');
  return exitCode === undefined ? word : `${word} (${exitCode})`;
}

/** Higher exit codes mean that a signal ended the process. */
const SIGNALLED = 128;

const lossOf = ({ exitCode = 0 }: End): string =>
  exitCode > SIGNALLED ? ' A pod that is killed loses its own spans; the launcher reports its end.' : '';
