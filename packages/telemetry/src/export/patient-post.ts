import { setTimeout as sleep } from 'node:timers/promises';
import { DeliveryError } from './delivery-error.ts';
import type { Accepted, OtlpClient } from './otlp-client.ts';

/** As upstream's exporter: 1 s, 1.5 s, … up to 5 s, each by up to a fifth shorter or longer. */
const FIRST_DELAY_MS = 1_000;
const LAST_DELAY_MS = 5_000;
const GROWTH = 1.5;
const JITTER = 0.2;

/** Posts a batch, again while the collector is away and the client's timeout leaves time; at once and once more when `ending` comes. */
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
      // A process that has nothing else to do ends; its end aborts the wait.
      await sleep(delayMs, undefined, { signal: ending, ref: false }).catch(() => {});
    }
  }
}

function delayBeforeNext(error: unknown, attempt: number): number | undefined {
  if (!(error instanceof DeliveryError) || !error.retryable) return undefined;
  // `Retry-After: 0`, or a date that has passed, says nothing about when: asked again at once, a busy collector would stay busy.
  if (error.retryAfterMs) return error.retryAfterMs;
  const jitter = 1 - JITTER + 2 * JITTER * Math.random();
  return Math.min(FIRST_DELAY_MS * GROWTH ** attempt, LAST_DELAY_MS) * jitter;
}
