import { context, ROOT_CONTEXT, TraceFlags } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { ProcessorHooks } from '../guarded-processor.ts';
import type { BatchSettings } from '../settings.ts';
import type { Accepted } from './otlp-client.ts';

/**
 * The maximum number of concurrent requests to the collector, each with a batch, except in `forceFlush`. Upstream's batch processor sends one at a time.
 * If the collector takes 400 ms for a request, that is at most 1,280 spans a second, and the rest is dropped.
 */
const MAX_IN_FLIGHT = 8;

export interface QueueOutcome {
  delivered(spans: ReadableSpan[], answer: Accepted): void;
  failed(spans: ReadableSpan[], error: unknown): void;
  /** Handles a span for which the queue has no room. */
  dropped(span: ReadableSpan): void;
}

/** Sends a batch. After `deadline`, a time of `performance.now()`, its spans count as lost, so they must not be sent. */
export type Send = (spans: ReadableSpan[], deadline: number) => Promise<Accepted>;

/** A span processor that sends ended spans in batches, several at the same time, within the limits of `OTEL_BSP_*`. */
export class SpanQueue implements ProcessorHooks {
  readonly #settings: BatchSettings;
  readonly #send: Send;
  readonly #outcome: QueueOutcome;
  #waiting: ReadableSpan[] = [];
  readonly #inFlight = new Map<ReadableSpan[], Promise<void>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(settings: BatchSettings, send: Send, outcome: QueueOutcome) {
    this.#settings = settings;
    this.#send = send;
    this.#outcome = outcome;
  }

  /** The number of ended spans without a known outcome, including those in flight. */
  get waiting(): number {
    return [...this.#inFlight.keys()].reduce((sum, { length }) => sum + length, this.#waiting.length);
  }

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    if (this.#waiting.length >= this.#settings.maxQueueSize) {
      this.#outcome.dropped(span);
      return;
    }
    this.#waiting.push(span);
    this.#sendWhatIsDue();
  }

  /** Sends all waiting spans, and resolves when their outcome is known. Never rejects. */
  async forceFlush(): Promise<void> {
    while (this.#waiting.length > 0) this.#sendBatch();
    await Promise.all(this.#inFlight.values());
  }

  shutdown(): Promise<void> {
    return this.forceFlush();
  }

  /** Removes and returns all spans without a known outcome. The queue then ignores the responses to requests in flight. */
  takeAll(): ReadableSpan[] {
    const spans = [...this.#inFlight.keys(), this.#waiting].flat();
    this.#inFlight.clear();
    this.#waiting = [];
    return spans;
  }

  #sendWhatIsDue(): void {
    while (this.#waiting.length >= this.#settings.maxBatchSize && this.#inFlight.size < MAX_IN_FLIGHT) {
      this.#sendBatch();
    }
    if (this.#waiting.length > 0 && this.#inFlight.size < MAX_IN_FLIGHT) this.#startTimer();
  }

  #startTimer(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#waiting.length > 0 && this.#inFlight.size < MAX_IN_FLIGHT) this.#sendBatch();
    }, this.#settings.delayMs).unref();
  }

  #sendBatch(): void {
    const batch = this.#waiting.splice(0, this.#settings.maxBatchSize);
    const settled = Promise.resolve()
      .then(() => this.#deliver(batch))
      .finally(() => {
        this.#inFlight.delete(batch);
        this.#sendWhatIsDue();
      });
    this.#inFlight.set(batch, settled);
  }

  async #deliver(batch: ReadableSpan[]): Promise<void> {
    try {
      const { exportTimeoutMs } = this.#settings;
      const deadline = performance.now() + (exportTimeoutMs || Infinity);
      // Otherwise, the requests to the collector would create more spans to deliver.
      const sent = context.with(suppressTracing(ROOT_CONTEXT), async () => this.#send(batch, deadline));
      const answer = await within(exportTimeoutMs, sent);
      if (this.#inFlight.has(batch)) this.#outcome.delivered(batch, answer);
    } catch (error) {
      if (this.#inFlight.has(batch)) this.#outcome.failed(batch, error);
    }
  }
}

/** Rejects if the work takes longer. `0` means no limit, as in the specification. */
async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  if (timeoutMs === 0) return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not exported within ${timeoutMs} ms`)), timeoutMs).unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
