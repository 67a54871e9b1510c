import { SpanStatusCode, type Span } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';

/** A program that never ends its spans must not fill its memory: the oldest are forgotten. */
const MAX_OPEN = 4_096;

/** Knows which spans are open, so that they can be ended when the process does. */
export class OpenSpans implements SpanProcessor {
  readonly #open = new Set<Span & ReadableSpan>();

  onStart(span: Span & ReadableSpan): void {
    if (this.#open.size >= MAX_OPEN) this.#forgetOldest();
    this.#open.add(span);
  }

  onEnd(span: ReadableSpan): void {
    this.#open.delete(span as Span & ReadableSpan);
  }

  /** Ends what is still open, as failed when the process fails. */
  endAll(exitCode: number): void {
    for (const span of this.#open) {
      if (exitCode !== 0) {
        span.setStatus({
          code: SpanStatusCode.ERROR,
          message: `the process ended with exit code ${exitCode}`,
        });
      }
      span.end();
    }
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  #forgetOldest(): void {
    const [oldest] = this.#open;
    if (oldest) this.#open.delete(oldest);
  }
}
