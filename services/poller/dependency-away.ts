/** Thrown by a handler when something that it calls is away: no fault of the order, which waits without an attempt being counted. */
export class DependencyAway extends Error {
  override name = 'DependencyAway';
  /** How long the dependency asks to be left alone, in milliseconds; 0 when it does not say. */
  readonly retryAfterMs: number;

  constructor(message: string, { retryAfterMs = 0, cause }: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.retryAfterMs = retryAfterMs;
  }
}
