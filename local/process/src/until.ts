import { setTimeout as delay } from 'node:timers/promises';

/** Calls `read` until the condition holds, and returns the value. At the deadline, throws with the last value. */
export async function until<T>(
  read: () => Promise<T> | T,
  condition: (value: T) => unknown,
  { deadlineMs = 10_000, what = 'the condition' } = {},
): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const value = await read();
    if (condition(value)) return value;
    if (performance.now() > deadline) {
      throw new Error(`${what} did not hold within ${deadlineMs} ms; last: ${JSON.stringify(value)}`);
    }
    await delay(20);
  }
}
