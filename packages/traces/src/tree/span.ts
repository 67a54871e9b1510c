/** The kinds of the OpenTelemetry trace model, in the order of their numbers in OTLP. */
export const spanKinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const;
export type SpanKind = (typeof spanKinds)[number];

/** The status codes, in the order of their numbers in OTLP. */
export const statusCodes = ['UNSET', 'OK', 'ERROR'] as const;
export type StatusCode = (typeof statusCodes)[number];

/** 64-bit integers beyond 2^53 are `bigint`, bytes are base64 text, an absent value is `null`. */
export type AttributeValue =
  string | number | bigint | boolean | null | AttributeValue[] | { [key: string]: AttributeValue };
export type Attributes = Record<string, AttributeValue>;

export interface SpanEvent {
  name: string;
  timeNs: bigint;
  attributes: Attributes;
}

export interface SpanLink {
  traceId: string;
  spanId: string;
  attributes: Attributes;
  /** OTLP's `flags` of the linked span. Absent if the sender gave none. */
  flags?: number;
}

/** A span, with its ids in lower-case hex, its kind by name, and its times in full precision. */
export interface Span {
  traceId: string;
  spanId: string;
  /** Absent on a root. */
  parentSpanId?: string;
  name: string;
  kind: SpanKind;
  /** `service.name` of the resource, or `unknown_service` if it has none. */
  service: string;
  /** Nanoseconds since 1970. */
  startNs: bigint;
  endNs: bigint;
  /** Milliseconds since 1970 with a fraction; exact to about a quarter of a microsecond. */
  startMs: number;
  endMs: number;
  attributes: Attributes;
  resource: Attributes;
  events: SpanEvent[];
  links: SpanLink[];
  status: { code: StatusCode; message?: string };
  /** OTLP's `flags`: W3C's trace flags, and whether the parent is in another process. Absent if the sender gave none. */
  flags?: number;
}

/** The fields of a span that a tree and a drawing need. A `Span` has them, and so does the JSON that a web page receives. */
export interface SpanShape extends Pick<
  Span,
  'traceId' | 'spanId' | 'parentSpanId' | 'name' | 'kind' | 'service' | 'startMs' | 'endMs' | 'status'
> {
  startNs?: bigint;
  attributes: Readonly<Record<string, unknown>>;
  links: readonly Pick<SpanLink, 'traceId' | 'spanId'>[];
}

/** Returns the label of a span in expectations and messages, such as `poller CONSUMER process orders`. */
export function labelOf(span: Pick<Span, 'service' | 'kind' | 'name'>): string {
  return `${span.service} ${span.kind} ${span.name}`;
}

/** Returns the key that identifies a span. A span id alone is unique only within its trace. */
export function keyOf({ traceId, spanId }: Pick<Span, 'traceId' | 'spanId'>): string {
  return `${traceId}/${spanId}`;
}

/** Returns the fields of a span that follow from its resource. */
export function originOf(resource: Attributes): Pick<Span, 'resource' | 'service'> {
  const name = resource['service.name'];
  return { resource, service: typeof name === 'string' ? name : 'unknown_service' };
}

/** Returns the fields of a span that follow from its times in nanoseconds. */
export function timesOf(
  startNs: bigint,
  endNs: bigint,
): Pick<Span, 'startNs' | 'endNs' | 'startMs' | 'endMs'> {
  return { startNs, endNs, startMs: toMs(startNs), endMs: toMs(endNs) };
}

const toMs = (ns: bigint): number => Number(ns / 1_000_000n) + Number(ns % 1_000_000n) / 1e6;
