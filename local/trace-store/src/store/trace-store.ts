import type { ExportRequest, ResourceRecord, ScopeRecord, SpanRecord } from '../otlp/schema.ts';
import { defaultLimits, type Limits } from './limits.ts';
import type { Rejected } from './rejected.ts';
import { sanitiseResource, sanitiseSpan } from './sanitise.ts';
import { StoredTrace } from './stored-trace.ts';

/** Keeps traces in memory, in the order of their arrival. When a limit is exceeded, deletes the oldest trace, but never the trace of a new span. */
export class TraceStore {
  readonly limits: Limits;
  readonly #traces = new Map<string, StoredTrace>();
  readonly #counts = { spans: 0, bytes: 0, evictedTraces: 0, evictedSpans: 0, rejectedSpans: 0 };

  constructor(limits: Partial<Limits> = {}) {
    this.limits = { ...defaultLimits, ...limits };
  }

  /** Stores the spans of a request. Returns how many were rejected, and why. */
  add({ resourceSpans }: ExportRequest): Rejected {
    const rejected: Rejected = { count: 0, reason: '' };
    for (const { resource, scopeSpans } of resourceSpans ?? []) {
      const saneResource = sanitiseResource(resource ?? {});
      for (const { scope, spans } of scopeSpans ?? []) {
        for (const span of spans ?? []) {
          const reason = this.#refusal(span);
          if (reason === undefined) this.#addSpan(saneResource, scope ?? {}, span);
          else Object.assign(rejected, { count: rejected.count + 1, reason });
        }
      }
    }
    this.#counts.rejectedSpans += rejected.count;
    return rejected;
  }

  get(traceId: string): StoredTrace | undefined {
    return this.#traces.get(traceId);
  }

  /** Returns the traces, newest first. */
  newestFirst(): StoredTrace[] {
    return [...this.#traces.values()].toReversed();
  }

  stats() {
    return { traces: this.#traces.size, ...this.#counts };
  }

  #refusal({ traceId, spanId }: SpanRecord): string | undefined {
    if (traceId === undefined || spanId === undefined)
      return 'a span needs a traceId and a spanId that are not zero';
    const { maxSpans, maxBytes } = this.limits;
    const trace = this.#traces.get(traceId);
    if (trace && (trace.spanCount >= maxSpans || trace.bytes >= maxBytes))
      return `trace ${traceId} alone fills the store`;
    return undefined;
  }

  #addSpan(resource: ResourceRecord, scope: ScopeRecord, span: SpanRecord): void {
    const traceId = span.traceId ?? '';
    const trace = this.#traces.get(traceId) ?? new StoredTrace(traceId);
    this.#traces.set(traceId, trace);
    const before = trace.bytes;
    trace.add(resource, scope, sanitiseSpan(span));
    this.#counts.spans += 1;
    this.#counts.bytes += trace.bytes - before;
    this.#evict(trace);
  }

  #evict(current: StoredTrace): void {
    const { maxTraces, maxSpans, maxBytes } = this.limits;
    for (const oldest of this.#traces.values()) {
      const full =
        this.#traces.size > maxTraces || this.#counts.spans > maxSpans || this.#counts.bytes > maxBytes;
      if (!full) return;
      if (oldest !== current) this.#forget(oldest);
    }
  }

  #forget(trace: StoredTrace): void {
    this.#traces.delete(trace.traceId);
    this.#counts.spans -= trace.spanCount;
    this.#counts.bytes -= trace.bytes;
    this.#counts.evictedTraces += 1;
    this.#counts.evictedSpans += trace.spanCount;
  }
}
