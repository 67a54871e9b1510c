import { SpanStatusCode, type Span } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';

/** As many as upstream's batch processor can hold (queue 2048 + batch 512): beyond that it has dropped them. */
const MAX_TRACKED = 2560;

/** Knows which spans are open and which are ended but not yet delivered, so that the last of them survive the end of a process. */
export class UnexportedSpans implements SpanProcessor {
  readonly #open = new Set<Span & ReadableSpan>();
  readonly #ended = new Set<ReadableSpan>();

  onStart(span: Span & ReadableSpan): void {
    remember(this.#open, span);
  }

  onEnd(span: ReadableSpan): void {
    this.#open.delete(span as Span & ReadableSpan);
    if (span.spanContext().traceFlags & 1) remember(this.#ended, span);
  }

  /** False once a span is delivered or taken: to export it again would double it. */
  isWaiting(span: ReadableSpan): boolean {
    return this.#ended.has(span);
  }

  settled(spans: ReadableSpan[]): void {
    for (const span of spans) this.#ended.delete(span);
  }

  /** Ends what is still open, marked as cut off by the end of the process, and gives all that was not delivered. */
  takeAll(exitCode: number): ReadableSpan[] {
    for (const span of this.#open) {
      if (exitCode !== 0) {
        span.setStatus({
          code: SpanStatusCode.ERROR,
          message: `the process ended with exit code ${exitCode}`,
        });
      }
      span.end();
    }
    const spans = [...this.#ended];
    this.#ended.clear();
    return spans;
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

function remember<T>(set: Set<T>, item: T): void {
  if (set.size >= MAX_TRACKED) {
    for (const oldest of set) {
      set.delete(oldest);
      break;
    }
  }
  set.add(item);
}
