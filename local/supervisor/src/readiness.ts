import { setTimeout as delay } from 'node:timers/promises';

const READY_TIMEOUT_MS = 60_000;
const CHECK_EVERY_MS = 50;
const ANSWER_TIMEOUT_MS = 2_000;

/**
 * Waits until a process answers 200. Throws an error with the last response after a minute, or the signal's reason when
 * `signal` is aborted.
 */
export async function untilReady(
  { name, readyUrl }: { name: string; readyUrl: string },
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const missing = await ask(readyUrl, signal);
    if (missing === undefined) return;
    signal.throwIfAborted();
    if (Date.now() > deadline)
      throw new Error(`${name} is not ready within ${READY_TIMEOUT_MS} ms: GET ${readyUrl}: ${missing}`);
    await delay(CHECK_EVERY_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** Returns why the process is not ready, or undefined if it is. */
async function ask(url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const either = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
    const response = await fetch(url, { signal: either });
    const body = await response.text();
    return response.status === 200 ? undefined : `${response.status} ${body.slice(0, 500)}`;
  } catch (error) {
    const { message, cause } = error as Error;
    return `no answer (${cause instanceof Error ? cause.message : message})`;
  }
}
