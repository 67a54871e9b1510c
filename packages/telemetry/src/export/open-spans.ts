import { SpanStatusCode, type Span } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { ProcessorHooks } from '../guarded-processor.ts';

/** The maximum number of open spans to track, because a program may never end its spans. Beyond it, the oldest are no longer tracked. */
const MAX_OPEN = 4_096;

/** Tracks open spans, so that they can be ended at the end of the process. */
export class OpenSpans implements ProcessorHooks {
  readonly #open = new Set<Span & ReadableSpan>();

  onStart(span: Span & ReadableSpan): void {
    if (this.#open.size >= MAX_OPEN) this.#forgetOldest();
    this.#open.add(span);
  }

  onEnd(span: ReadableSpan): void {
    this.#open.delete(span as Span & ReadableSpan);
  }

  /** Ends all open spans, with an error status if the process fails. */
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

  #forgetOldest(): void {
    const [oldest] = this.#open;
    if (oldest) this.#open.delete(oldest);
  }
}
