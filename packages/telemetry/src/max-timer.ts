/** The longest time that a timer of Node.js can wait, in milliseconds; with a longer one it fires at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Returns a time that timers take: a whole number of milliseconds, of 24 days at most. */
export function timerMs(ms: number): number {
  return Math.min(Math.ceil(ms), MAX_TIMER_MS);
}
