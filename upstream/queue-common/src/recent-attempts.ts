import type { SpanContext } from '@opentelemetry/api';

/**
 * The spans of attempts that failed in this process, by message id, so that the next attempt can link to them.
 *
 * Holds at most `max` spans, and drops the oldest. It lacks attempts of other processes, because they would need a write for each link.
 */
export class RecentAttempts {
  readonly #spans = new Map<string, SpanContext>();
  readonly #max: number;

  constructor(max = 1_000) {
    this.#max = max;
  }

  remember(messageId: string, attempt: SpanContext): void {
    this.#spans.delete(messageId);
    this.#spans.set(messageId, attempt);
    for (const oldest of this.#spans.keys()) {
      if (this.#spans.size <= this.#max) return;
      this.#spans.delete(oldest);
    }
  }

  /** Returns the previous attempt at a message, and removes it. */
  take(messageId: string): SpanContext | undefined {
    const attempt = this.#spans.get(messageId);
    this.#spans.delete(messageId);
    return attempt;
  }
}
