import type { ResourceRecord, ScopeRecord, SpanRecord } from '../otlp/schema.ts';
import { serviceNameOf } from './normalise.ts';

/** What the search and the pages ask of a span; the rest stays as JSON text, a fifth of the memory that objects would take. */
export interface StoredSpan {
  json: string;
  service: string;
  name: string;
  kind: number;
  startNs: bigint;
  durationNs: bigint;
  isRoot: boolean;
  linkedTraceIds: string[];
}

/** One trace: its spans grouped by resource and scope as they came, each different span once. */
export class StoredTrace {
  readonly traceId: string;
  readonly receivedAt = Date.now();
  spanCount = 0;
  bytes = 0;
  /** Resource as JSON → scope as JSON → span as JSON → the span. */
  readonly #chunks = new Map<string, Map<string, Map<string, StoredSpan>>>();

  constructor(traceId: string) {
    this.traceId = traceId;
  }

  /** Stores the span unless the same one, word for word, is there; says whether it did. */
  add(resource: ResourceRecord, scope: ScopeRecord, span: SpanRecord): boolean {
    const scopes = this.#entry(this.#chunks, resource, () => new Map<string, Map<string, StoredSpan>>());
    const spans = this.#entry(scopes, scope, () => new Map<string, StoredSpan>());
    const stored = toStored(span, serviceNameOf(resource));
    if (spans.has(stored.json)) return false;
    spans.set(stored.json, stored);
    this.spanCount += 1;
    this.bytes += stored.json.length;
    return true;
  }

  /** What is kept under a resource or a scope. Their text counts too: in small traces it is the most of it. */
  #entry<Value>(map: Map<string, Value>, group: object, create: () => Value): Value {
    const key = JSON.stringify(group);
    const known = map.get(key);
    if (known) return known;
    const value = create();
    map.set(key, value);
    this.bytes += key.length;
    return value;
  }

  spans(): StoredSpan[] {
    return [...this.#chunks.values()].flatMap((scopes) =>
      [...scopes.values()].flatMap((spans) => [...spans.values()]),
    );
  }

  /** The trace's part of `resourceSpans`, as JSON texts. */
  resourceSpans(): string[] {
    return [...this.#chunks].map(([resource, scopes]) => {
      const scopeSpans = [...scopes].map(
        ([scope, spans]) => `{"scope":${scope},"spans":[${[...spans.keys()].join(',')}]}`,
      );
      return `{"resource":${resource},"scopeSpans":[${scopeSpans.join(',')}]}`;
    });
  }
}

function toStored(span: SpanRecord, service: string): StoredSpan {
  const startNs = BigInt(span.startTimeUnixNano ?? 0);
  return {
    json: JSON.stringify(span),
    service,
    name: span.name ?? '',
    kind: span.kind ?? 0,
    startNs,
    durationNs: BigInt(span.endTimeUnixNano ?? 0) - startNs,
    isRoot: span.parentSpanId === undefined,
    linkedTraceIds: (span.links ?? []).flatMap(({ traceId }) => traceId ?? []),
  };
}
