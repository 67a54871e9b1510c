import { setTimeout as sleep } from 'node:timers/promises';
import { DeliveryError } from './delivery-error.ts';
import type { Accepted, OtlpClient } from './otlp-client.ts';

/** The backoff of upstream's exporter: 1 s, 1.5 s, … up to 5 s, each with a jitter of up to 20%. */
const FIRST_DELAY_MS = 1_000;
const LAST_DELAY_MS = 5_000;
const GROWTH = 1.5;
const JITTER = 0.2;

/** Posts a batch, and retries within the client's timeout. When `ending` is aborted, at most one more attempt follows, immediately. */
export async function postPatiently(
  body: Uint8Array,
  client: OtlpClient,
  ending: AbortSignal,
): Promise<Accepted> {
  const deadline = performance.now() + client.timeoutMs;
  for (let attempt = 0; ; attempt++) {
    const isLast = ending.aborted;
    try {
      return await client.post(body, deadline - performance.now());
    } catch (error) {
      const delayMs = delayBeforeNext(error, attempt);
      if (isLast || delayMs === undefined || performance.now() + delayMs > deadline) throw error;
      // The wait doesn't keep the process alive. The end of the process aborts it.
      await sleep(delayMs, undefined, { signal: ending, ref: false }).catch(() => {});
    }
  }
}

function delayBeforeNext(error: unknown, attempt: number): number | undefined {
  if (!(error instanceof DeliveryError) || !error.retryable) return undefined;
  // `Retry-After: 0`, or a date in the past, counts as absent, because an immediate retry would keep a busy collector busy.
  if (error.retryAfterMs) return error.retryAfterMs;
  const jitter = 1 - JITTER + 2 * JITTER * Math.random();
  return Math.min(FIRST_DELAY_MS * GROWTH ** attempt, LAST_DELAY_MS) * jitter;
}
