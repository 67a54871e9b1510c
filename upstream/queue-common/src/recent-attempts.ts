import type { SpanContext } from '@opentelemetry/api';

/**
 * The spans of attempts that failed in this process, by the id of their message, so that the next attempt can link to them.
 *
 * It holds `max` of them and forgets the oldest. What another process tried is not here: a link would need a write of its own.
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

  /** Gives the attempt before this one, and forgets it. */
  take(messageId: string): SpanContext | undefined {
    const attempt = this.#spans.get(messageId);
    this.#spans.delete(messageId);
    return attempt;
  }
}
