import type { Attributes, AttributeValue, Span } from '../tree/span.ts';
import { originOf, spanKinds, statusCodes, timesOf } from '../tree/span.ts';

type HrTime = readonly [seconds: number, nanoseconds: number];
type SdkAttributes = Readonly<Record<string, unknown>>;
interface SdkContext {
  traceId: string;
  spanId: string;
}

/** The part of the SDK's `ReadableSpan` that this package reads. It therefore needs no SDK. */
export interface SdkSpan {
  name: string;
  /** `SpanKind` of `@opentelemetry/api`: it starts with INTERNAL as 0. */
  kind: number;
  spanContext(): SdkContext;
  parentSpanContext?: SdkContext | undefined;
  startTime: HrTime;
  endTime: HrTime;
  status: { code: number; message?: string | undefined };
  attributes: SdkAttributes;
  links: readonly { context: SdkContext; attributes?: SdkAttributes | undefined }[];
  events: readonly { name: string; time: HrTime; attributes?: SdkAttributes | undefined }[];
  resource: { attributes: SdkAttributes };
}

/** Reads the result of `InMemorySpanExporter.getFinishedSpans()`, for tests in the process that creates the spans. */
export function fromSdkSpans(spans: readonly SdkSpan[]): Span[] {
  return spans.map(toSpan);
}

function toSpan(span: SdkSpan): Span {
  const { traceId, spanId } = span.spanContext();
  const parentSpanId = span.parentSpanContext?.spanId;
  return {
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    name: span.name,
    kind: spanKinds[span.kind + 1] ?? 'UNSPECIFIED',
    ...originOf(toAttributes(span.resource.attributes)),
    ...timesOf(toNs(span.startTime), toNs(span.endTime)),
    attributes: toAttributes(span.attributes),
    events: span.events.map(({ name, time, attributes }) => ({
      name,
      timeNs: toNs(time),
      attributes: toAttributes(attributes),
    })),
    links: span.links.map(({ context, attributes }) => ({
      traceId: context.traceId,
      spanId: context.spanId,
      attributes: toAttributes(attributes),
    })),
    status: {
      code: statusCodes[span.status.code] ?? 'UNSET',
      ...(span.status.message ? { message: span.status.message } : {}),
    },
  };
}

function toNs([seconds, nanoseconds]: HrTime): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(Math.round(nanoseconds));
}

// The API's attribute values are a subset of `AttributeValue`. Exporters don't send undefined values.
function toAttributes(attributes: SdkAttributes = {}): Attributes {
  const present = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present as [string, AttributeValue][]);
}
