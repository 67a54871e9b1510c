import type { SpanRecord } from '../otlp/schema.ts';
import type { StoredSpan, StoredTrace } from '../store/stored-trace.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { HttpError } from '../http-error.ts';
import { hasAttributes, parseAttributes } from './attribute-filter.ts';
import { parseDuration, parseInteger, parseTime } from './go-values.ts';
import type { Parameters } from './parameters.ts';

export interface Search {
  service: string;
  operation: string;
  minStartNs: bigint;
  maxStartNs: bigint;
  minDurationNs: bigint;
  maxDurationNs: bigint;
  attributes: ReadonlyMap<string, string>;
  maxTraces: number;
}

const DEFAULT_DEPTH = 100;

/** Reads the `query.*` parameters of Jaeger's search. Throws an `HttpError` for values that Jaeger refuses. */
export function readSearch(parameters: Parameters): Search {
  if (parameters.text('query.startTimeMin') === '' || parameters.text('query.startTimeMax') === '')
    throw new HttpError(400, 'query.startTimeMin and query.startTimeMax are required');
  // Without the filter, the answer would contain traces that the caller doesn't want.
  if (parameters.text('query.filter') !== '')
    throw new HttpError(400, 'this store does not serve query.filter: use query.attributes instead');
  const attributes = parameters.read('query.attributes', parseAttributes, new Map<string, string>());
  const minStartNs = parameters.read('query.startTimeMin', parseTime, 0n);
  const maxStartNs = parameters.read('query.startTimeMax', parseTime, 0n);
  if (minStartNs >= maxStartNs)
    throw new HttpError(400, 'query.startTimeMin must be before query.startTimeMax');
  return {
    service: parameters.text('query.serviceName'),
    operation: parameters.text('query.operationName'),
    minStartNs,
    maxStartNs,
    attributes,
    maxTraces: parameters.read('query.searchDepth', parseInteger, DEFAULT_DEPTH),
    minDurationNs: parameters.read('query.durationMin', parseDuration, 0n),
    maxDurationNs: parameters.read('query.durationMax', parseDuration, 0n),
  };
}

/** Returns the traces with at least one matching span, newest first. */
export function findTraces(store: TraceStore, search: Search): StoredTrace[] {
  if (search.maxTraces <= 0 || search.maxTraces > store.limits.maxTraces) {
    throw new HttpError(500, 'search depth must be greater than 0 and less than max traces');
  }
  const found: StoredTrace[] = [];
  for (const trace of store.newestFirst()) {
    if (found.length === search.maxTraces) break;
    if (holdsSpan(trace, search)) found.push(trace);
  }
  return found;
}

function holdsSpan(trace: StoredTrace, search: Search): boolean {
  if (!trace.spans().some((span) => fits(span, search))) return false;
  // Only attributes need the spans parsed, which takes most of the time.
  if (search.attributes.size === 0) return true;
  return trace.groups().some(({ resource, scope, spans }) =>
    spans.some((span) => {
      if (!fits(span, search)) return false;
      const recorded = { resource, scope, span: JSON.parse(span.json) as SpanRecord };
      return hasAttributes(recorded, search.attributes);
    }),
  );
}

function fits(span: StoredSpan, search: Search): boolean {
  return (
    (search.service === '' || span.service === search.service) &&
    (search.operation === '' || span.name === search.operation) &&
    span.startNs >= search.minStartNs &&
    span.startNs <= search.maxStartNs &&
    (search.minDurationNs === 0n || span.durationNs >= search.minDurationNs) &&
    (search.maxDurationNs === 0n || span.durationNs <= search.maxDurationNs)
  );
}
