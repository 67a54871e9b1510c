import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { warn } from './settings.ts';

/** Who has to know which spans are on their way. */
export interface SpanTracker {
  isWaiting: (span: ReadableSpan) => boolean;
  settled: (spans: ReadableSpan[]) => void;
}

/**
 * Passes spans on, tells who waits for them how it went, and says once when they can't be delivered:
 * a collector that is away must be noticed, but never in every line of a log.
 */
export class ReportingExporter implements SpanExporter {
  readonly #inner: SpanExporter;
  readonly #tracker: SpanTracker;
  #lost = 0;

  constructor(inner: SpanExporter, tracker: SpanTracker) {
    this.#inner = inner;
    this.#tracker = tracker;
  }

  export(batch: ReadableSpan[], done: (result: ExportResult) => void): void {
    const spans = batch.filter((span) => this.#tracker.isWaiting(span));
    if (spans.length === 0) {
      done({ code: ExportResultCode.SUCCESS });
      return;
    }
    this.#inner.export(spans, (result) => {
      this.#tracker.settled(spans);
      this.#report(result, spans.length);
      done(result);
    });
  }

  forceFlush(): Promise<void> {
    return this.#inner.forceFlush?.() ?? Promise.resolve();
  }

  shutdown(): Promise<void> {
    return this.#inner.shutdown();
  }

  #report(result: ExportResult, count: number): void {
    if (result.code === ExportResultCode.SUCCESS) {
      if (this.#lost > 0) warn(`spans are delivered again; ${this.#lost} were lost`);
      this.#lost = 0;
      return;
    }
    if (this.#lost === 0)
      warn(`failed to deliver spans, the work goes on: ${result.error?.message ?? 'no reason given'}`);
    this.#lost += count;
  }
}
