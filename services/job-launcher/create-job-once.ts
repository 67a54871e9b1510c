import { setTimeout as delay } from 'node:timers/promises';
import type { BatchV1Api, V1Job } from '@kubernetes/client-node';
import pRetry, { type RetryContext } from 'p-retry';
import { asked, isAlreadyExists, isPassing, retryAfterMs } from './kubernetes-error.ts';
import { assertIsJob, readJob } from './read-job.ts';
import { timeLimited } from './request-timeout.ts';

/** Less than the five seconds that the poller waits for an answer. */
const LAUNCH_BUDGET_MS = 4_000;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 1_000;

export interface CreatedJob {
  job: V1Job;
  /** The Job already existed: from an earlier launch, or from an attempt whose response was lost. */
  existed: boolean;
  /** The number of create requests. */
  attempts: number;
}

/**
 * Creates a Job exactly once, even if responses of the API server are lost. The Job's name is the key: a retry after a
 * timeout finds the first Job, and reads it. Retries temporary failures (no response, 429, 5xx) within the budget, and
 * not before `Retry-After` allows. Rejects with the last error.
 */
export async function createJobOnce(
  batch: BatchV1Api,
  job: V1Job,
  budgetMs = LAUNCH_BUDGET_MS,
): Promise<CreatedJob> {
  const deadline = performance.now() + budgetMs;
  const budget = AbortSignal.timeout(budgetMs);
  return pRetry(async (attempts) => ({ ...(await createOrRead(batch, job, budget)), attempts }), {
    retries: Infinity,
    minTimeout: FIRST_DELAY_MS,
    maxTimeout: LONGEST_DELAY_MS,
    randomize: true,
    onFailedAttempt: (failed) => waitAsAsked(failed, deadline),
    shouldRetry: ({ error }) => isPassing(error),
  });
}

async function createOrRead(
  batch: BatchV1Api,
  body: V1Job,
  signal: AbortSignal,
): Promise<Omit<CreatedJob, 'attempts'>> {
  const namespace = body.metadata?.namespace ?? '';
  const name = body.metadata?.name ?? '';
  try {
    const job = await asked(batch.createNamespacedJob({ namespace, body }, timeLimited(signal)));
    assertIsJob(job, name);
    return { job, existed: false };
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
  const job = await readJob(batch, { namespace, name }, signal);
  // A retry can soon create a new one.
  if (!job || job.metadata?.deletionTimestamp) throw new Error(`the Job ${name} is being deleted`);
  return { job, existed: true };
}

/** Waits out `Retry-After`. If the next attempt can't start within the budget, throws the error, which ends the retries. */
async function waitAsAsked({ error, retryDelay }: RetryContext, deadline: number): Promise<void> {
  const asksForMs = isPassing(error) ? retryAfterMs(error) : 0;
  if (performance.now() + Math.max(asksForMs, retryDelay) >= deadline) throw error;
  if (asksForMs > retryDelay) await delay(asksForMs - retryDelay);
}
