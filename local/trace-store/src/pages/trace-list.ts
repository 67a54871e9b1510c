import { parseDuration } from '../query/go-values.ts';
import type { StoredSpan, StoredTrace } from '../store/stored-trace.ts';
import type { TraceStore } from '../store/trace-store.ts';

const maxListed = 50;
const nsInMs = 1e6;

/** How the list is filtered. An empty string sets no filter. */
export interface ListSearch {
  service: string;
  /** Part of the name of a span, case-insensitive. */
  name: string;
  /** The minimum duration of a trace, such as `250ms` or `1.5s`. */
  min: string;
  errors: boolean;
}

export type TraceList = ReturnType<typeof listTraces>;
export type ListedTrace = ReturnType<typeof toListed>;

/** Lists the newest traces that last long enough and have a span with the wanted service, name, and errors. Never throws. */
export function listTraces(store: TraceStore, search: ListSearch) {
  const traces = store.newestFirst();
  const { evictedTraces: dropped } = store.stats();
  const { minNs, problem } = readMin(search.min);
  const found = traces.filter(
    (trace) => trace.spans().some((span) => fits(span, search)) && durationNsOf(trace) >= minNs,
  );
  return {
    search,
    listed: found.slice(0, maxListed).map(toListed),
    /** The number of traces that match, listed or not. */
    found: found.length,
    stored: traces.length,
    dropped,
    /** Why the filter is invalid. */
    problem,
  };
}

function readMin(min: string): { minNs: bigint; problem?: string } {
  try {
    return { minNs: min === '' ? 0n : parseDuration(min) };
  } catch {
    const problem = `The duration ${JSON.stringify(min.slice(0, 40))} can't be read. Expected a number with a unit, such as 250ms or 1.5s.`;
    return { minNs: 0n, problem };
  }
}

function fits(span: StoredSpan, { service, name, errors }: ListSearch): boolean {
  return (
    (service === '' || span.service === service) &&
    span.name.toLowerCase().includes(name.toLowerCase()) &&
    (!errors || span.hasFailed)
  );
}

/** Returns the time from the start of the first root, or of the first span if there is no root, to the last end of a span. */
function durationNsOf(trace: StoredTrace): bigint {
  const { startNs } = firstOf(trace);
  return trace.spans().reduce((longest, span) => max(longest, span.startNs + span.durationNs - startNs), 0n);
}

function toListed(trace: StoredTrace) {
  const spans = trace.spans();
  const { service, name } = firstOf(trace);
  return {
    traceId: trace.traceId,
    receivedAt: trace.receivedAt,
    service,
    name,
    services: new Set(spans.map((span) => span.service)).size,
    spans: trace.spanCount,
    failed: spans.filter(({ hasFailed }) => hasFailed).length,
    durationMs: Number(durationNsOf(trace)) / nsInMs,
  };
}

function firstOf(trace: StoredTrace): StoredSpan {
  const spans = trace.spans();
  const roots = spans.filter(({ isRoot }) => isRoot);
  return (roots.length > 0 ? roots : spans).reduce((first, span) =>
    span.startNs < first.startNs ? span : first,
  );
}

const max = (a: bigint, b: bigint) => (a > b ? a : b);
