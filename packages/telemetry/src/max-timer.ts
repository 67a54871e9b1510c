/** The longest time that a timer of Node.js can wait, in milliseconds. A longer timer fires immediately. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Returns a time that timers accept: a whole number of milliseconds, at most 24 days. */
export function timerMs(ms: number): number {
  return Math.min(Math.ceil(ms), MAX_TIMER_MS);
}
