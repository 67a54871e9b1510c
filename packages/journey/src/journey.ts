import { tracesOf, type SpanShape } from '@beyond-headers/traces/tree';
import { brokenHopOf, type Broken } from './broken-hop.ts';
import type { Run } from './run.ts';
import { STOPS, type StopName, type Way } from './stops.ts';

/** How the context came from one stop to the next, as the traces show it, whatever the demo's switches were. */
export type Crossing = Broken | 'joined' | 'linked' | 'waiting' | 'not taken';

export interface Stop {
  service: StopName;
  /** The number of the stop's trace, from 1. Absent while it is unknown. */
  trace?: number;
}

export interface Edge extends Way {
  crossing: Crossing;
}

export interface Journey {
  stops: Stop[];
  /** The hops between each stop and the next. */
  edges: Edge[];
  traces: number;
}

/** Match the entry span of each stop. */
const ENTRIES: Record<StopName, (span: SpanShape) => boolean> = {
  browser: ({ service }) => service === 'browser',
  writer: ({ service, kind }) => service === 'writer' && kind === 'SERVER',
  poller: ({ service, kind }) => service === 'poller' && kind === 'CONSUMER',
  'job-launcher': ({ service, kind }) => service === 'job-launcher' && kind === 'SERVER',
  'report-job': ({ service, kind }) => service === 'report-job' && kind === 'CONSUMER',
};

/** Follows one order of a run from stop to stop. A hop is broken if `traces lint` found it broken for any order. */
export function journeyOf(spans: readonly SpanShape[], run: Run): Journey {
  const traces = tracesOf(spans, run.traceIds);
  const numberOf = new Map(traces.map(({ traceId }, index) => [traceId, index + 1]));
  const entries = entriesOf(spans);
  const stops = STOPS.map(({ service }, index): Stop => {
    const trace = numberOf.get(entries[index]?.traceId ?? '');
    return { service, ...(trace && { trace }) };
  });
  const edges = STOPS.flatMap((stop, index): Edge[] => {
    if (!('by' in stop)) return [];
    const crossing = brokenInto(stop.service, run) ?? unbroken(entries[index - 1], entries[index], run);
    return [{ ...stop.by, crossing }];
  });
  return { stops, edges, traces: traces.length };
}

/** Starts at the last stop. If there are several attempts or orders, chooses the span in the trace of the next stop. */
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

function brokenInto(stop: StopName, { findings }: Run): Broken | undefined {
  const hops = findings.filter(({ to }) => to?.service === stop).map(brokenHopOf);
  return hops.find((hop) => hop !== undefined)?.crossing;
}

/** For a hop without a finding: if there are two traces, they are linked. Otherwise, there would be a finding. */
function unbroken(from: SpanShape | undefined, to: SpanShape | undefined, { settled }: Run): Crossing {
  if (!from || !to) return settled ? 'not taken' : 'waiting';
  return from.traceId === to.traceId ? 'joined' : 'linked';
}
