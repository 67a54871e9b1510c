import { KINDS } from '../otlp/schema.ts';
import type { TraceStore } from '../store/trace-store.ts';

/** Returns the names of all services that have spans in stored traces, sorted. */
export function servicesOf(store: TraceStore): string[] {
  const names = store.newestFirst().flatMap((trace) => trace.spans().map(({ service }) => service));
  return [...new Set(names)].toSorted();
}

export interface Operation {
  name: string;
  spanKind: string;
}

/**
 * Returns the distinct names and kinds of a service's spans, only of one kind if `kind` is not empty. A span without a kind is
 * listed as internal, but a request for internal spans leaves it out.
 */
export function operationsOf(store: TraceStore, service: string, kind: string): Operation[] {
  const found = new Map<string, Operation>();
  for (const trace of store.newestFirst()) {
    for (const span of trace.spans()) {
      const spanKind = span.kind > 0 ? (KINDS[span.kind]?.toLowerCase() ?? '') : '';
      if (span.service !== service || (kind !== '' && kind !== spanKind)) continue;
      const operation = { name: span.name, spanKind: spanKind || 'internal' };
      found.set(JSON.stringify(operation), operation);
    }
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, operation]) => operation);
}
