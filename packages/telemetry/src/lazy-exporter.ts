import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';

/**
 * Loads the exporter when there is something to export. A process starts faster without it, a job by a tenth, and the
 * work's first wait for an answer is a better time to load it.
 */
export class LazyExporter implements SpanExporter {
  readonly #load: () => Promise<SpanExporter>;
  #loaded: Promise<SpanExporter> | undefined;

  constructor(load: () => Promise<SpanExporter>) {
    this.#load = load;
  }

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    void this.#exportOnceLoaded(spans, done);
  }

  async forceFlush(): Promise<void> {
    await (await this.#loaded)?.forceFlush?.();
  }

  async shutdown(): Promise<void> {
    await (await this.#loaded)?.shutdown();
  }

  async #exportOnceLoaded(spans: ReadableSpan[], done: (result: ExportResult) => void): Promise<void> {
    try {
      (await this.#exporter()).export(spans, done);
    } catch (error) {
      done({
        code: ExportResultCode.FAILED,
        error: error instanceof Error ? error : new Error(String(error)),
      });
    }
  }

  #exporter(): Promise<SpanExporter> {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }
}
