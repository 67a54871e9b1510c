import { setTimeout as delay } from 'node:timers/promises';

/** Reads until the condition holds and gives what was read; at the deadline throws with what was there last. */
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
