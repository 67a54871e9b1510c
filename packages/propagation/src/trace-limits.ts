/** Limits beyond which a trace is not continued. They keep work that is retried for days from making one endless trace. Off by default. */
export interface TraceLimits {
  /** Age of the carried context in milliseconds, e.g. the time since the document was written. */
  ageMs?: number | undefined;
  /** The age from which the carried trace is not continued: the span starts a new trace, which links to it. Unset: never. */
  maxAgeMs?: number | undefined;
  /** Number of this attempt, from 1. */
  attempt?: number | undefined;
  /** The last attempt that still joins the carried trace. Unset: all attempts join. */
  maxAttempts?: number | undefined;
  /** The number of messages, tasks, or Jobs that the sender of this one sends in all. */
  fanOut?: number | undefined;
  /**
   * The maximum of `fanOut` up to which each child joins the carried trace. With more, each child starts a trace that links to
   * it. Unset: all join.
   */
  maxFanOut?: number | undefined;
}

/** The limit that was reached. */
export type TraceLimit = 'age' | 'attempts' | 'fan-out';

/** Says which limit is reached, if any. */
export function exceededLimit({
  // What is not set compares with nothing, and reaches nothing.
  ageMs = Number.NaN,
  maxAgeMs = Number.NaN,
  attempt = Number.NaN,
  maxAttempts = Number.NaN,
  fanOut = Number.NaN,
  maxFanOut = Number.NaN,
}: TraceLimits): TraceLimit | undefined {
  if (ageMs >= maxAgeMs) return 'age';
  if (attempt > maxAttempts) return 'attempts';
  if (fanOut > maxFanOut) return 'fan-out';
  return undefined;
}
