import type { StoredSpan, StoredTrace } from '../store/stored-trace.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { parseDuration, parseInteger, parseTime } from './go-values.ts';
import { ApiError, parameter } from './api-error.ts';

export interface Search {
  service: string;
  operation: string;
  minStartNs: bigint;
  maxStartNs: bigint;
  minDurationNs: bigint;
  maxDurationNs: bigint;
  maxTraces: number;
}

type Query = (name: string) => string;

/** Reads the parameters `query.*` of Jaeger's search; throws an `ApiError` on those that Jaeger refuses. Attributes it does not read. */
export function readSearch(query: Query): Search {
  if (query('query.start_time_min') === '' || query('query.start_time_max') === '') {
    throw new ApiError(400, 'query.start_time_min and query.start_time_max are required');
  }
  const read = <T>(name: string, parse: (value: string) => T, absent: T): T =>
    query(name) === '' ? absent : parameter(name, () => parse(query(name)));
  return {
    service: query('query.service_name'),
    operation: query('query.operation_name'),
    minStartNs: read('query.start_time_min', parseTime, 0n),
    maxStartNs: read('query.start_time_max', parseTime, 0n),
    maxTraces: read('query.num_traces', parseInteger, 0),
    minDurationNs: read('query.duration_min', parseDuration, 0n),
    maxDurationNs: read('query.duration_max', parseDuration, 0n),
  };
}

/** The traces with at least one span that fits, the newest first. */
export function findTraces(store: TraceStore, search: Search): StoredTrace[] {
  if (search.maxTraces <= 0 || search.maxTraces > store.limits.maxTraces) {
    throw new ApiError(500, 'search depth must be greater than 0 and less than max traces');
  }
  return store
    .newestFirst()
    .filter((trace) => trace.spans().some((span) => fits(span, search)))
    .slice(0, search.maxTraces);
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
