import type { CarrierRow, CarrierView, SpanView } from './types.ts';

/** A piece of a carrier's text, and how it is marked. */
export interface Piece {
  text: string;
  mark?: 'trace' | 'span';
  /** What the id identifies, such as the span that wrote it. */
  title?: string;
  /** Whether the id is not the expected one. */
  isWrong?: boolean;
}

const TRACEPARENT = /^([0-9a-f]{2}-)([0-9a-f]{32})(-)([0-9a-f]{16})(-[0-9a-f]{2})$/;

const ORDER_ID = 'demo.order.id';

/** Splits a `traceparent` so that trace id and parent span id can be marked; any other text is one piece. */
export function piecesOf(value: string, spans: readonly SpanView[], writer?: SpanView): Piece[] {
  const match = TRACEPARENT.exec(value);
  if (!match) return [{ text: value }];
  const [, version = '', traceId = '', dash = '', spanId = '', flags = ''] = match;
  const named = spans.find((span) => span.spanId === spanId && span.traceId === traceId);
  const isForeign = writer !== undefined && writer.traceId !== traceId;
  const isAstray = writer !== undefined && writer.spanId !== spanId;
  return [
    { text: version },
    {
      text: traceId,
      mark: 'trace',
      title: isForeign ? 'the id of another trace' : 'trace id',
      isWrong: isForeign,
    },
    { text: dash },
    {
      text: spanId,
      mark: 'span',
      title: named ? `the span ${named.service} · ${named.name}` : 'a span that is not here',
      isWrong: isAstray,
    },
    { text: flags },
  ];
}

/** The spans that write and read a carrier, by service and kind. The headers of HTTP have a pair for each call. */
const PARTIES: Record<CarrierView['id'], readonly [writer: string, reader: string] | readonly []> = {
  http: [],
  document: ['writer PRODUCER', 'poller CONSUMER'],
  job: ['job-launcher PRODUCER', 'report-job CONSUMER'],
  pod: ['job-launcher PRODUCER', 'report-job CONSUMER'],
};

/** Returns the spans that wrote and read a carrier, as far as they are known. */
export function partiesOf(
  id: CarrierView['id'],
  spans: readonly SpanView[],
): { writer: SpanView | undefined; reader: SpanView | undefined } {
  const [writer, reader] = PARTIES[id].map((party) =>
    spans.find(({ service, kind }) => `${service} ${kind}` === party),
  );
  return { writer, reader };
}

/** Returns the spans of one order, and those of no order, such as the click. */
export function spansOfOrder(spans: readonly SpanView[], orderId: string | undefined): SpanView[] {
  return spans.filter(({ attributes: { [ORDER_ID]: id } }) => id === undefined || id === orderId);
}

/** What a carrier holds, as the page summarizes it. */
export type Finding = 'carries' | 'nothing' | 'unread' | 'foreign' | 'astray' | 'unknown';

/** Classifies a carrier. `writer` is the span whose context it should hold. */
export function findingOf({ rows, isKnown }: CarrierView, writer: SpanView | undefined): Finding {
  if (!isKnown) return 'unknown';
  const carried = carriedBy(rows);
  if (!carried) return rows.some(({ role }) => role === 'unread') ? 'unread' : 'nothing';
  if (!writer) return 'carries';
  if (writer.traceId !== carried.traceId) return 'foreign';
  return writer.spanId === carried.spanId ? 'carries' : 'astray';
}

/** Returns the span that a carrier's `traceparent` names, if it is known. */
export function namedBy({ rows }: CarrierView, spans: readonly SpanView[]): SpanView | undefined {
  const carried = carriedBy(rows);
  return spans.find((span) => span.spanId === carried?.spanId && span.traceId === carried.traceId);
}

function carriedBy(rows: readonly CarrierRow[]): { traceId: string; spanId: string } | undefined {
  const carried = rows.find(({ role, value }) => role === 'carries' && TRACEPARENT.test(value));
  const [, , traceId, , spanId] = TRACEPARENT.exec(carried?.value ?? '') ?? [];
  return traceId && spanId ? { traceId, spanId } : undefined;
}

/** Returns the variables of an environment. Of several with the same name, the last one wins. A name with lower-case letters is not read. */
export function environmentRows(variables: ReadonlyArray<{ name: string; value: string }>): CarrierRow[] {
  const last = new Map(variables.map(({ name }, index) => [name, index]));
  return variables.map(({ name, value }, index) => ({
    name,
    value,
    role: name === name.toUpperCase() && last.get(name) === index ? 'carries' : 'unread',
  }));
}

/** Returns the headers of the HTTP calls, derived from the spans: the parent of a SERVER span is what its header named. */
export function headersFrom(spans: readonly SpanView[]): CarrierView {
  const calls = spans.filter(({ kind, parentSpanId }) => kind === 'SERVER' && parentSpanId !== undefined);
  return {
    id: 'http',
    rows: calls.map((span) => ({
      name: `${span.service} got traceparent`,
      value: `00-${span.traceId}-${span.parentSpanId}-01`,
      role: 'carries',
    })),
    isKnown: calls.length > 0,
    source: 'Worked out from the spans: the parent of a SERVER span is what its header named.',
  };
}

const CARRIED_PREFIX = 'demo.carrier.';

/** Returns the pod's environment as the container received it. The job records the carrier's variables on its span. */
export function podFrom(spans: readonly SpanView[]): CarrierView {
  const { reader: run } = partiesOf('pod', spans);
  const variables = Object.entries(run?.attributes ?? {})
    .filter(([name]) => name.startsWith(CARRIED_PREFIX))
    .map(([name, value]) => ({ name: name.slice(CARRIED_PREFIX.length), value }));
  return {
    id: 'pod',
    rows: environmentRows(variables),
    isKnown: run !== undefined,
    source: run ? 'As the container got it: the job notes what it found on its span.' : 'No pod has run.',
  };
}
