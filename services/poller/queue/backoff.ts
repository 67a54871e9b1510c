import { setTimeout as delay } from 'node:timers/promises';

/**
 * Returns an exponential delay with jitter, in milliseconds: between half of `baseMs * 2^(attempt - 1)` and all of it, never above
 * `maxMs`. The fixed half prevents an immediate retry. The random half spreads the retries of what failed at the same time.
 *
 * @param attempt from 1
 */
export function backoffMs(attempt: number, baseMs: number, maxMs: number, random = Math.random): number {
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full / 2 + (full / 2) * random());
}

/** Waits for {@link backoffMs}, or until the signal is aborted. Never rejects. */
export const backOff = (attempt: number, baseMs: number, maxMs: number, signal: AbortSignal): Promise<void> =>
  delay(backoffMs(attempt, baseMs, maxMs), undefined, { signal }).catch(() => {});
