import { KINDS } from '../otlp/schema.ts';
import type { TraceStore } from '../store/trace-store.ts';

/** The names of all services that are in a stored trace, sorted. */
export function servicesOf(store: TraceStore): string[] {
  const names = store.newestFirst().flatMap((trace) => trace.spans().map(({ service }) => service));
  return [...new Set(names)].toSorted();
}

export interface Operation {
  name: string;
  spanKind: string;
}

/**
 * The different names and kinds of a service's spans, of one kind only when it is given. A span without a kind counts as an internal
 * one, unless the internal ones are asked for.
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
