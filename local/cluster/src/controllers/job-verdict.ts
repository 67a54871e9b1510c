import type { Condition, Job, Pod } from '../objects.ts';
import { timestamp } from '../names.ts';
import { failurePolicyVerdict } from './pod-failure-policy.ts';
import type { Tally } from './job-tally.ts';

/** How a Job is going to end, with the reason and the message that its conditions carry. */
export interface Verdict {
  kind: 'success' | 'failure';
  reason: string;
  message: string;
}

const FIRST_SIGN = { success: 'SuccessCriteriaMet', failure: 'FailureTarget' } as const;
const LAST_SIGN = { success: 'Complete', failure: 'Failed' } as const;

/** Whether a Job is over or bound to be, in the order in which the Job controller looks. */
export function verdict(job: Job, counts: Tally, activeMs: number): Verdict | undefined {
  return (
    announced(job) ??
    failurePolicyVerdict(job, counts.newlyFailed) ??
    backoffVerdict(job, counts) ??
    deadlineVerdict(job, activeMs) ??
    completionVerdict(job, counts)
  );
}

/** The condition that says a Job is over. */
export function finishCondition(job: Job): Condition | undefined {
  return job.status.conditions?.find(
    ({ type, status }) => (type === 'Complete' || type === 'Failed') && status === 'True',
  );
}

/** The conditions for a verdict: the first sign while pods still end, both signs once all is over. */
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
  for (const kind of ['success', 'failure'] as const) {
    const sign = job.status.conditions?.find(
      ({ type, status }) => type === FIRST_SIGN[kind] && status === 'True',
    );
    if (sign) return { kind, reason: sign.reason ?? '', message: sign.message ?? '' };
  }
  return undefined;
}

function backoffVerdict(job: Job, counts: Tally): Verdict | undefined {
  const limit = job.spec.backoffLimit ?? 6;
  const failedTooOften = counts.newlyFailed.length > 0 && counts.failed > limit;
  if (!failedTooOften && !restartedTooOften(job, counts.active, limit)) return undefined;
  return {
    kind: 'failure',
    reason: 'BackoffLimitExceeded',
    message: 'Job has reached the specified backoff limit',
  };
}

function restartedTooOften(job: Job, active: Pod[], limit: number): boolean {
  if (job.spec.template.spec.restartPolicy !== 'OnFailure') return false;
  const restarts = active
    .flatMap((pod) => [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

function deadlineVerdict(job: Job, activeMs: number): Verdict | undefined {
  const deadline = job.spec.activeDeadlineSeconds;
  if (deadline === undefined || activeMs < deadline * 1000) return undefined;
  return {
    kind: 'failure',
    reason: 'DeadlineExceeded',
    message: 'Job was active longer than specified deadline',
  };
}

function completionVerdict(job: Job, counts: Tally): Verdict | undefined {
  const { completions } = job.spec;
  const complete =
    completions === undefined
      ? counts.succeeded > 0 && counts.active.length === 0
      : counts.succeeded >= completions;
  if (!complete) return undefined;
  return {
    kind: 'success',
    reason: 'CompletionsReached',
    message: 'Reached expected number of succeeded pods',
  };
}
