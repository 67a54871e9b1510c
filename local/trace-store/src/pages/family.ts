import { parseJson, parseOtlp, type Span } from '@beyond-headers/traces';
import { tracesJson } from '../query/traces-json.ts';
import type { StoredTrace } from '../store/stored-trace.ts';
import type { TraceStore } from '../store/trace-store.ts';

/** The maximum number of spans in a drawing. A larger one is not readable, and the API returns the whole trace. */
export const maxDrawnSpans = 1_000;

/** A trace and the traces that are linked with it, limited to what a page shows. */
export interface Family {
  trace: StoredTrace;
  spans: Span[];
  /** Whether spans or linked traces are left out. */
  isCut: boolean;
}

/** Returns what the page of a trace shows, or undefined if the store doesn't have the trace. */
export function familyOf(store: TraceStore, id: string): Family | undefined {
  const trace = store.get(id.toLowerCase().padStart(32, '0'));
  if (!trace) return undefined;
  const family = [trace, ...linkedWith(store, trace)];
  const isCut = family.reduce((sum, { spanCount }) => sum + spanCount, 0) > maxDrawnSpans;
  const spans = parseOtlp(parseJson(tracesJson(isCut ? [trace] : family, true)));
  return { trace, spans: spans.slice(0, maxDrawnSpans), isCut };
}

function linkedWith(store: TraceStore, trace: StoredTrace): StoredTrace[] {
  const targets = new Set(trace.spans().flatMap((span) => span.linkedTraceIds));
  const isLinked = (other: StoredTrace) =>
    targets.has(other.traceId) || other.spans().some((span) => span.linkedTraceIds.includes(trace.traceId));
  return store.newestFirst().filter((other) => other !== trace && isLinked(other));
}
