import { CODES, type ResourceRecord, type ScopeRecord, type SpanRecord } from '../otlp/schema.ts';
import { serviceNameOf } from './sanitise.ts';

/** The fields of a span that searches and pages need. The rest stays as JSON text, which takes a fifth of the memory of objects. */
export interface StoredSpan {
  json: string;
  service: string;
  name: string;
  kind: number;
  startNs: bigint;
  durationNs: bigint;
  isRoot: boolean;
  hasFailed: boolean;
  linkedTraceIds: string[];
}

/** Spans with the same resource and scope. */
export interface SpanGroup {
  resource: ResourceRecord;
  scope: ScopeRecord;
  spans: readonly StoredSpan[];
}

/** A trace: its spans in order of arrival, grouped by resource and scope. A span that arrives twice is stored twice. */
export class StoredTrace {
  readonly traceId: string;
  readonly receivedAt = Date.now();
  spanCount = 0;
  bytes = 0;
  /** Resource as JSON → scope as JSON → the spans. A resource is kept once, however many scopes it has. */
  readonly #groups = new Map<string, Map<string, StoredSpan[]>>();

  constructor(traceId: string) {
    this.traceId = traceId;
  }

  add(resource: ResourceRecord, scope: ScopeRecord, span: SpanRecord): void {
    const scopes = this.#entry(this.#groups, resource, new Map<string, StoredSpan[]>());
    const stored = toStored(span, serviceNameOf(resource));
    this.#entry(scopes, scope, []).push(stored);
    this.spanCount += 1;
    this.bytes += stored.json.length;
  }

  /** Returns the entry of a resource or a scope. In small traces, their keys are most of the text. */
  #entry<Value>(map: Map<string, Value>, group: object, empty: Value): Value {
    const key = JSON.stringify(group);
    const known = map.get(key);
    if (known) return known;
    map.set(key, empty);
    this.bytes += key.length;
    return empty;
  }

  spans(): StoredSpan[] {
    return [...this.#groups.values()].flatMap((scopes) => [...scopes.values()].flat());
  }

  groups(): SpanGroup[] {
    return [...this.#groups].flatMap(([resourceJson, scopes]) => {
      const resource = JSON.parse(resourceJson) as ResourceRecord;
      return [...scopes].map(([scope, spans]) => ({
        resource,
        scope: JSON.parse(scope) as ScopeRecord,
        spans,
      }));
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
    hasFailed: span.status?.code === CODES.indexOf('ERROR'),
    linkedTraceIds: (span.links ?? []).flatMap(({ traceId }) => traceId ?? []),
  };
}
