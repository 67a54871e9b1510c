import { setTimeout as delay } from 'node:timers/promises';

const CHECK_EVERY_MS = 50;
const ANSWER_TIMEOUT_MS = 2_000;

/**
 * Waits until `url` answers 200. Throws with its last answer when that takes longer than `timeoutMs`, and the
 * signal's reason once `signal` is aborted.
 */
export async function untilReady(url: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const missing = await ask(url);
    if (missing === undefined) return;
    signal.throwIfAborted();
    if (Date.now() > deadline) throw new Error(`not ready within ${timeoutMs} ms: GET ${url}: ${missing}`);
    await delay(CHECK_EVERY_MS, undefined, { signal });
  }
}

/** What is missing, in words; undefined when nothing is. */
async function ask(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    const body = await response.text();
    return response.status === 200 ? undefined : `${response.status} ${body.slice(0, 500)}`;
  } catch (error) {
    const { message, cause } = error as Error;
    return `no answer (${cause instanceof Error ? cause.message : message})`;
  }
}
