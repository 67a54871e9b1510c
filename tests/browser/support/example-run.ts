import { idOf } from './stub-stage.ts';
import type { StubSpan } from './stub-traces.ts';

const START_MS = 1_700_000_000_000;
const KINDS = { INTERNAL: 1, SERVER: 2, CLIENT: 3, PRODUCER: 4, CONSUMER: 5 } as const;

/** Number, parent's number, service and kind, name, and start and end in milliseconds. */
type Sketch = [number, number | undefined, `${string} ${keyof typeof KINDS}`, string, number, number];

/** The first part of a run, up to the claim by the poller. `WORK` is the rest, including the wait for a pod. */
const REQUEST: Sketch[] = [
  [1, undefined, 'browser INTERNAL', 'click Run', 0, 314],
  [2, 1, 'writer SERVER', 'POST /orders', 160, 277],
  [3, 2, 'writer PRODUCER', 'send orders', 264, 274],
  [4, 3, 'writer CLIENT', 'update orders', 270, 275],
  [5, 3, 'poller INTERNAL', 'wait orders', 270, 286],
];
const WORK: Sketch[] = [
  [6, 3, 'poller CONSUMER', 'process orders', 305, 676],
  [7, 6, 'poller CLIENT', 'POST', 320, 455],
  [8, 7, 'job-launcher SERVER', 'POST /reports', 352, 384],
  [9, 8, 'job-launcher PRODUCER', 'launch report-job', 365, 383],
  [10, 9, 'job-launcher INTERNAL', 'wait pod', 366, 479],
  [11, 9, 'job-launcher CLIENT', 'POST', 369, 380],
  [12, 9, 'job-launcher INTERNAL', 'observe report-job', 479, 3_660],
  [13, 9, 'report-job CONSUMER', 'run report-job', 3_623, 3_661],
  [14, 13, 'report-job CLIENT', 'update orders', 3_626, 3_641],
  [15, 13, 'report-job CLIENT', 'aggregate $cmd', 3_642, 3_645],
  [16, 13, 'report-job CLIENT', 'insert reports', 3_648, 3_660],
  [17, 6, 'poller CLIENT', 'update orders', 540, 574],
  [18, 6, 'poller CLIENT', 'settle orders', 620, 661],
];

/** Returns the spans of a run with all carriers on: one trace, as in the demo. */
export function joinedRun(traceId: string): StubSpan[] {
  return [...REQUEST, ...WORK].map((sketch) => toSpan(traceId, sketch));
}

/** Returns the spans of the same work in two traces, the second with a link to the first. */
export function linkedRun(traceId: string, otherId: string): StubSpan[] {
  const [first, ...others] = WORK.map((sketch) => toSpan(otherId, sketch));
  const { parentSpanId, ...root } = first!;
  const links = [{ traceId, spanId: parentSpanId ?? '' }];
  return [...REQUEST.map((sketch) => toSpan(traceId, sketch)), { ...root, links }, ...others];
}

/** Returns the spans of one click that placed several orders. */
export function manyOrders(traceId: string, orders: number): StubSpan[] {
  const [click, ...rest] = joinedRun(traceId);
  const branches = Array.from({ length: orders }, (_, order) => {
    const shifted = (id: string) => idOf(Number.parseInt(id, 16) + 100 * (order + 1));
    return rest.map((span) => ({
      ...span,
      spanId: shifted(span.spanId),
      parentSpanId: span.parentSpanId === idOf(1) ? idOf(1) : shifted(span.parentSpanId ?? ''),
      ...(span.name === 'send orders' && { attributes: { 'demo.note': `order ${order}` } }),
    }));
  });
  return [click!, ...branches.flat()];
}

const segment = (number: number, parent: number): Sketch[] => [
  [number, parent, 'poller INTERNAL', 'wait orders', 300, 310],
  [number + 1, parent, 'poller CONSUMER', 'process orders', 311, 351],
  [number + 2, number + 1, 'poller CLIENT', 'settle orders', 320, 350],
];

/** Returns the spans of an order that was held twice. Each segment is a child of the segment before. */
export function heldRun(traceId: string, pauseMs: number): StubSpan[] {
  const later = (sketch: Sketch, pauses: number): Sketch =>
    sketch.with(4, sketch[4] + pauses * pauseMs).with(5, sketch[5] + pauses * pauseMs) as Sketch;
  const sketches = [
    ...REQUEST.slice(0, 4),
    ...segment(20, 3),
    ...segment(30, 21).map((each) => later(each, 1)),
    ...segment(40, 31).map((each) => later(each, 2)),
  ];
  return sketches.map((sketch) => toSpan(traceId, sketch));
}

function toSpan(traceId: string, [number, parent, before, name, startMs, endMs]: Sketch): StubSpan {
  const [service, kind] = before.split(' ') as [string, keyof typeof KINDS];
  return {
    traceId,
    spanId: idOf(number),
    ...(parent !== undefined && { parentSpanId: idOf(parent) }),
    name,
    service,
    kind: KINDS[kind],
    startMs: START_MS + startMs,
    endMs: START_MS + endMs,
    ...(number === 12 && { attributes: { 'demo.job.reason': 'Completed' } }),
    ...(number === 11 && { attributes: { 'url.full': 'http://10.0.0.1/apis/batch/v1/namespaces/a/jobs' } }),
  };
}
