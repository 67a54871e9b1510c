import { setTimeout as delay } from 'node:timers/promises';

/** Polls `ask` until it returns a value. Throws after `deadlineMs`. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  deadlineMs = 20_000,
): Promise<NonNullable<T>> {
  for (const startedAt = performance.now(); performance.now() - startedAt < deadlineMs;) {
    const answer = await ask();
    if (answer) return answer;
    await delay(20);
  }
  throw new Error(`Failed to see ${what}: expected it within ${deadlineMs} ms.`);
}
