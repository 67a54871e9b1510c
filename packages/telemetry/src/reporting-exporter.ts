import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { warn } from './settings.ts';

/**
 * Passes spans on, tells who waits for them how it went, and says once when they can't be delivered:
 * a collector that is away must be noticed, but never in every line of a log.
 */
export class ReportingExporter implements SpanExporter {
  readonly #inner: SpanExporter;
  readonly #settled: (spans: ReadableSpan[]) => void;
  #lost = 0;

  constructor(inner: SpanExporter, settled: (spans: ReadableSpan[]) => void) {
    this.#inner = inner;
    this.#settled = settled;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.#inner.export(spans, (result) => {
      this.#settled(spans);
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
