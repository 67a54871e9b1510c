import { timestamp } from '../names.ts';
import type { Condition, Job } from '../objects.ts';
import type { Tally } from './job-tally.ts';

/** The outcome of a Job, with the reason and the message for its conditions. */
export interface Verdict {
  kind: 'success' | 'failure';
  reason: string;
  message: string;
}

const FIRST_SIGN = { success: 'SuccessCriteriaMet', failure: 'FailureTarget' } as const;
const LAST_SIGN = { success: 'Complete', failure: 'Failed' } as const;

/** Returns the outcome of a Job, or undefined while it is undecided. Checks the rules in the order of the Job controller in Kubernetes. */
export function verdict(job: Job, counts: Tally, activeMs: number): Verdict | undefined {
  const { backoffLimit = 6, activeDeadlineSeconds = Infinity, completions = 1 } = job.spec;
  const already = announced(job);
  if (already) return already;
  if (counts.newlyFailed.length > 0 && counts.failed > backoffLimit)
    return failure('BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  if (activeMs >= activeDeadlineSeconds * 1000)
    return failure('DeadlineExceeded', 'Job was active longer than specified deadline');
  if (counts.succeeded < completions) return undefined;
  const message = 'Reached expected number of succeeded pods';
  return { kind: 'success', reason: 'CompletionsReached', message };
}

/** Returns the condition that marks a Job as finished. */
export function finishCondition(job: Job): Condition | undefined {
  return trueCondition(job, 'Complete') ?? trueCondition(job, 'Failed');
}

export function trueCondition({ status }: Job, type: string): Condition | undefined {
  return status.conditions?.find((one) => one.type === type && one.status === 'True');
}

/** Adds the conditions for a verdict: `SuccessCriteriaMet` or `FailureTarget`, and if all pods are over, also `Complete` or `Failed`. */
export function conditionsFor(others: Condition[], given: Verdict, over: boolean): Condition[] {
  const wanted: string[] = [FIRST_SIGN[given.kind], ...(over ? [LAST_SIGN[given.kind]] : [])];
  const missing = wanted.filter((type) => !others.some((one) => one.type === type));
  return [...others, ...missing.map((type) => condition(type, given.reason, given.message))];
}

export function condition(
  type: string,
  reason: string,
  message: string,
  status: 'True' | 'False' = 'True',
): Condition {
  const now = timestamp();
  return { type, status, lastProbeTime: now, lastTransitionTime: now, reason, message };
}

function announced(job: Job): Verdict | undefined {
  const sign = trueCondition(job, FIRST_SIGN.success) ?? trueCondition(job, FIRST_SIGN.failure);
  if (!sign) return undefined;
  const kind = sign.type === FIRST_SIGN.success ? 'success' : 'failure';
  return { kind, reason: sign.reason ?? '', message: sign.message ?? '' };
}

const failure = (reason: string, message: string): Verdict => ({ kind: 'failure', reason, message });
