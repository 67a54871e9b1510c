/**
 * You can pass these limits to `startFrom`. Beyond a limit, a span starts a new trace, which links to the carried context. By
 * default, there are no limits, so work that is retried for days makes one endless trace.
 */
export interface TraceLimits {
  /** The age of the carried context in milliseconds, such as the time since the document was written. */
  ageMs?: number | undefined;
  /** The value of `ageMs` from which the span starts a new trace. Unset: it never does. */
  maxAgeMs?: number | undefined;
  /** The number of this attempt, from 1. */
  attempt?: number | undefined;
  /** The largest value of `attempt` with which the span still joins the carried trace. Unset: it always joins. */
  maxAttempts?: number | undefined;
  /** How many messages, tasks, or Jobs the sender sends in all. */
  fanOut?: number | undefined;
  /**
   * The largest value of `fanOut` with which the span still joins the carried trace. Unset: it always joins.
   */
  maxFanOut?: number | undefined;
}

/**
 * `startFrom` returns one of these names as `limit` if the span starts a new trace because one of the `TraceLimits` was
 * exceeded.
 */
export type TraceLimit = 'age' | 'attempts' | 'fan-out';

/** Returns the limit that was exceeded, if any. */
export function exceededLimit({
  ageMs,
  maxAgeMs,
  attempt,
  maxAttempts,
  fanOut,
  maxFanOut,
}: TraceLimits): TraceLimit | undefined {
  // If clocks differ, the age may be negative. It then counts as zero.
  if (Math.max(0, known(ageMs)) >= known(maxAgeMs)) return 'age';
  if (known(attempt) > known(maxAttempts)) return 'attempts';
  if (known(fanOut) > known(maxFanOut)) return 'fan-out';
  return undefined;
}

/**
 * Returns NaN for an unset value, which a database may store as null. Comparisons with NaN are false, so no limit is exceeded.
 * Clients of databases also return numbers as BigInt or text.
 */
function known(value: unknown): number {
  return Number(value ?? Number.NaN);
}
