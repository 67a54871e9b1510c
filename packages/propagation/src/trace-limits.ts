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
  ageMs,
  maxAgeMs,
  attempt,
  maxAttempts,
  fanOut,
  maxFanOut,
}: TraceLimits): TraceLimit | undefined {
  // By a clock that is ahead, something may seem to come from the future: it is new.
  if (Math.max(0, known(ageMs)) >= known(maxAgeMs)) return 'age';
  if (known(attempt) > known(maxAttempts)) return 'attempts';
  if (known(fanOut) > known(maxFanOut)) return 'fan-out';
  return undefined;
}

/** What is not set, which a database stores as null, compares with nothing, and reaches nothing. */
function known(value: number | null | undefined): number {
  return value ?? Number.NaN;
}
