import type { Span, SpanKind } from '../tree/span.ts';

export const traceId = '0af7651916cd43dd8448eb211c80319c';
const epochNs = 1_700_000_000_000_000_000n;

type Sketch = Partial<Omit<Span, 'status'>> & {
  /** Start and end in milliseconds, relative to the same time in every test. */
  atMs?: readonly [start: number, end: number];
  error?: string;
};

/** Returns a span with a label, an id, and the id of its parent. Ids are padded to 16 digits. */
export function span(id: string, parent: string | undefined, label: string, sketch: Sketch = {}): Span {
  const [service = '', kind = '', ...name] = label.split(' ');
  const { atMs: [start, end] = [0, 10], error, ...fields } = sketch;
  return {
    traceId,
    spanId: fullId(id),
    ...(parent === undefined ? {} : { parentSpanId: fullId(parent) }),
    name: name.join(' '),
    kind: kind as SpanKind,
    service,
    startNs: epochNs + BigInt(start * 1e6),
    endNs: epochNs + BigInt(end * 1e6),
    startMs: Number(epochNs / 1_000_000n) + start,
    endMs: Number(epochNs / 1_000_000n) + end,
    attributes: {},
    resource: { 'service.name': service },
    events: [],
    links: [],
    status: error === undefined ? { code: 'UNSET' } : { code: 'ERROR', message: error },
    ...fields,
  };
}

export function fullId(id: string): string {
  return id.padStart(16, '0');
}

export function linkTo(id: string, trace = traceId): Span['links'][number] {
  return { traceId: trace, spanId: fullId(id), attributes: {} };
}

/** Returns the spans of an order, from its request to the request for its report. */
export function orderTrace(): Span[] {
  return [
    span('1', undefined, 'writer SERVER POST /orders', { atMs: [0, 12] }),
    span('2', '1', 'writer PRODUCER send orders', { atMs: [2, 10] }),
    span('3', '2', 'writer CLIENT insert orders', { atMs: [3, 9] }),
    span('4', '2', 'poller INTERNAL wait orders', { atMs: [9, 60] }),
    span('5', '2', 'poller CONSUMER process orders', {
      atMs: [60, 100],
      attributes: { 'demo.attempt': 1, 'messaging.system': 'mongodb' },
      links: [linkTo('2')],
    }),
    span('6', '5', 'poller CLIENT POST', { atMs: [62, 95] }),
    span('7', '6', 'job-launcher SERVER POST /reports', { atMs: [64, 94] }),
  ];
}
