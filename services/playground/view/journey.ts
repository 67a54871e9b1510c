import { STOPS, type StopName } from './services.ts';
import { buildTraces } from './tree.ts';
import type { RunState, SpanView } from './types.ts';

/** How the context came from one stop to the next, as the traces tell it, whatever was switched. */
export type Crossing = 'joined' | 'linked' | 'cut' | 'waiting' | 'not taken';

export interface Stop {
  service: StopName;
  /** Number of the trace that the stop works in, from 1; absent while nothing of it is known. */
  trace?: number;
}

export interface Edge {
  carrier: 'http' | 'document' | 'job';
  label: string;
  crossing: Crossing;
}

export interface Journey {
  stops: Stop[];
  /** Between each stop and the next. */
  edges: Edge[];
  traces: number;
}

/** The span by which each stop is entered. */
const ENTRIES: Record<StopName, (span: SpanView) => boolean> = {
  browser: ({ service }) => service === 'browser',
  writer: ({ service, kind }) => service === 'writer' && kind === 'SERVER',
  poller: ({ service, kind }) => service === 'poller' && kind === 'CONSUMER',
  'job-launcher': ({ service, kind }) => service === 'job-launcher' && kind === 'SERVER',
  'report-job': ({ service, kind }) => service === 'report-job' && kind === 'CONSUMER',
};

const CARRIERS: Array<Pick<Edge, 'carrier' | 'label'>> = [
  { carrier: 'http', label: 'header' },
  { carrier: 'document', label: 'document' },
  { carrier: 'http', label: 'header' },
  { carrier: 'job', label: 'Job env' },
];

/** Follows the first order of a run from stop to stop. */
export function journeyOf(spans: readonly SpanView[], state: RunState): Journey {
  const traces = buildTraces(spans, state.traceIds);
  const numberOf = new Map(traces.map(({ traceId }, index) => [traceId, index + 1]));
  const sorted = spans.toSorted((a, b) => a.startMs - b.startMs);
  const entries = STOPS.map(({ service }) => sorted.find(ENTRIES[service]));
  const stops = STOPS.map(({ service }, index): Stop => {
    const trace = numberOf.get(entries[index]?.traceId ?? '');
    return { service, ...(trace && { trace }) };
  });
  const edges = CARRIERS.map((carrier, index): Edge => {
    const crossing = crossingOf(entries[index], entries[index + 1], sorted);
    return { ...carrier, crossing: crossing ?? (state.settled ? 'not taken' : 'waiting') };
  });
  return { stops, edges, traces: traces.length };
}

function crossingOf(
  from: SpanView | undefined,
  to: SpanView | undefined,
  spans: SpanView[],
): Crossing | undefined {
  if (!from || !to) return undefined;
  if (from.traceId === to.traceId) return 'joined';
  // Every order of a click has its own entry: a link from any of them is the crossing.
  const links = spans
    .filter((span) => span.service === to.service && span.kind === to.kind)
    .flatMap((s) => s.links);
  return links.some(({ traceId }) => traceId === from.traceId) ? 'linked' : 'cut';
}
