import type { CarrierView, SpanView } from './types.ts';

/** A piece of a carrier's text, with what it is. */
export interface Piece {
  text: string;
  mark?: 'trace' | 'span';
  /** Of a span id: who wrote it there. */
  title?: string;
}

const TRACEPARENT = /^([0-9a-f]{2}-)([0-9a-f]{32})(-)([0-9a-f]{16})(-[0-9a-f]{2})$/;

/** Splits a `traceparent` so that trace id and parent span id can be marked; any other text is one piece. */
export function piecesOf(value: string, spans: readonly SpanView[]): Piece[] {
  const match = TRACEPARENT.exec(value);
  if (!match) return [{ text: value }];
  const [, version = '', traceId = '', dash = '', spanId = '', flags = ''] = match;
  const writer = spans.find((span) => span.spanId === spanId && span.traceId === traceId);
  const title = writer ? `the span ${writer.service} · ${writer.name}` : 'a span that is not here';
  return [
    { text: version },
    { text: traceId, mark: 'trace', title: 'trace id' },
    { text: dash },
    { text: spanId, mark: 'span', title },
    { text: flags },
  ];
}

/** Who wrote a carrier and who read it, as `service · span`. */
export interface Parties {
  writer?: SpanView;
  reader?: SpanView;
}

const PARTIES: Record<CarrierView['id'], { writer: Find; reader: Find }> = {
  http: { writer: find('browser', 'INTERNAL'), reader: find('writer', 'SERVER') },
  document: { writer: find('writer', 'PRODUCER'), reader: find('poller', 'CONSUMER') },
  job: { writer: find('job-launcher', 'PRODUCER'), reader: find('report-job', 'CONSUMER') },
  pod: { writer: find('job-launcher', 'PRODUCER'), reader: find('report-job', 'CONSUMER') },
};

export function partiesOf(id: CarrierView['id'], spans: readonly SpanView[]): Parties {
  const writer = spans.find(PARTIES[id].writer);
  const reader = spans.find(PARTIES[id].reader);
  return { ...(writer && { writer }), ...(reader && { reader }) };
}

/** The headers of the two HTTP calls. What they held follows from the spans: a SERVER span's parent is what its header named. */
export function headersFrom(spans: readonly SpanView[]): CarrierView {
  const calls = spans.filter(({ kind, parentSpanId }) => kind === 'SERVER' && parentSpanId !== undefined);
  return {
    id: 'http',
    rows: calls.map((span) => ({
      name: `${span.service} got traceparent`,
      value: `00-${span.traceId}-${span.parentSpanId}-01`,
      carries: true,
    })),
    isKnown: calls.length > 0,
    source: 'Worked out from the spans: the parent of a SERVER span is what its header named.',
  };
}

const CARRIED_PREFIX = 'demo.carrier.';

/** The pod's environment as the container got it: the job notes the carrier's variables on its span. */
export function podFrom(spans: readonly SpanView[]): CarrierView {
  const run = spans.find(PARTIES.pod.reader);
  const rows = Object.entries(run?.attributes ?? {})
    .filter(([name]) => name.startsWith(CARRIED_PREFIX))
    .map(([name, value]) => ({ name: name.slice(CARRIED_PREFIX.length), value, carries: true }));
  return {
    id: 'pod',
    rows,
    isKnown: run !== undefined,
    source: run ? 'As the container got it: the job notes what it found on its span.' : 'No pod has run.',
  };
}

type Find = (span: SpanView) => boolean;

function find(service: string, kind: string): Find {
  return (span) => span.service === service && span.kind === kind;
}
