import { keyOf, tracesOf, type SpanShape } from '@beyond-headers/traces/tree';
import type { Run } from './run.ts';
import { STOPS, type StopName } from './stops.ts';

/**
 * How the context came from one stop to the next, as the traces show it, whatever was switched. `foreign`: the reader went
 * on with a trace that is not the writer's. `astray`: it is in the right trace, and not under the span that wrote.
 */
export type Crossing = 'joined' | 'linked' | 'cut' | 'foreign' | 'astray' | 'waiting' | 'not taken';

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
const ENTRIES: Record<StopName, (span: SpanShape) => boolean> = {
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

/** Follows one order of a run from stop to stop. */
export function journeyOf(spans: readonly SpanShape[], state: Pick<Run, 'traceIds' | 'settled'>): Journey {
  const traces = tracesOf(spans, state.traceIds);
  const numberOf = new Map(traces.map(({ traceId }, index) => [traceId, index + 1]));
  const entries = entriesOf(spans);
  const stops = STOPS.map(({ service }, index): Stop => {
    const trace = numberOf.get(entries[index]?.traceId ?? '');
    return { service, ...(trace && { trace }) };
  });
  const edges = CARRIERS.map((carrier, index): Edge => {
    const crossing = crossingOf(entries[index], entries[index + 1], spans);
    return { ...carrier, crossing: crossing ?? (state.settled ? 'not taken' : 'waiting') };
  });
  return { stops, edges, traces: traces.length };
}

/** From the last stop back: of several attempts or orders, the one that led on to the stop after it. */
function entriesOf(spans: readonly SpanShape[]): Array<SpanShape | undefined> {
  const sorted = spans.toSorted((a, b) => a.startMs - b.startMs);
  const entries: Array<SpanShape | undefined> = [];
  for (const { service } of STOPS.toReversed()) {
    const found = sorted.filter(ENTRIES[service]);
    const next = entries[0];
    entries.unshift(found.find((span) => span.traceId === next?.traceId) ?? found[0]);
  }
  return entries;
}

function crossingOf(
  from: SpanShape | undefined,
  to: SpanShape | undefined,
  spans: readonly SpanShape[],
): Crossing | undefined {
  if (!from || !to) return undefined;
  if (from.traceId === to.traceId) return isAstray(to, spans) ? 'astray' : 'joined';
  const links = linksInto(to, spans);
  if (links.some(({ traceId }) => traceId === from.traceId)) return 'linked';
  return to.parentSpanId !== undefined || links.length > 0 ? 'foreign' : 'cut';
}

/** A consumer belongs under the span that produced its message. */
function isAstray({ kind, traceId, parentSpanId }: SpanShape, spans: readonly SpanShape[]): boolean {
  const parent = spans.find((span) => keyOf(span) === keyOf({ traceId, spanId: parentSpanId ?? '' }));
  return kind === 'CONSUMER' && parent !== undefined && parent.kind !== 'PRODUCER';
}

/** Of every entry to a stop, as each order of a click has its own; not from one attempt back to another. */
function linksInto(to: SpanShape, spans: readonly SpanShape[]): SpanShape['links'][number][] {
  const entries = spans.filter(({ service, kind }) => service === to.service && kind === to.kind);
  const own = new Set(entries.map(({ spanId }) => spanId));
  return entries.flatMap(({ links }) => links.filter(({ spanId }) => !own.has(spanId)));
}
