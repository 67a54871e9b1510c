import { inspect } from 'node:util';
import { decodeAttributes } from './attributes.ts';
import { withoutDoubles, type SpanRecord } from './doubles.ts';
import {
  spanKinds,
  statusCodes,
  type Span,
  type SpanEvent,
  type SpanKind,
  type SpanLink,
} from '../tree/span.ts';
import type { OtlpEvent, OtlpLink, OtlpSpan, OtlpTraces } from './otlp-types.ts';

/**
 * Reads spans from OTLP JSON: `{resourceSpans}`, Jaeger's `{result: {resourceSpans}}`, or an array of either. Other signals that the
 * Collector writes beside them are skipped. Two identical spans are returned as one. Throws a `TypeError` for anything else.
 * Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function parseOtlp(json: unknown): Span[] {
  const chunks = Array.isArray(json) ? json : [json];
  return withoutDoubles(chunks.flatMap((chunk) => resourceSpansOf(chunk).flatMap(recordsOf)));
}

type ResourceSpans = NonNullable<OtlpTraces['resourceSpans']>[number];

function resourceSpansOf(chunk: unknown): ResourceSpans[] {
  const traces = unwrap(chunk);
  const resourceSpans = traces?.resourceSpans ?? [];
  if (traces && Array.isArray(resourceSpans)) return resourceSpans;
  throw new TypeError(
    `Failed to read OTLP JSON: got ${preview(chunk)}. Expected an object with an array "resourceSpans", or Jaeger's {"result": …}.`,
  );
}

export const otherSignals = ['resourceMetrics', 'resourceLogs', 'resourceProfiles'];

function unwrap(chunk: unknown): OtlpTraces | undefined {
  if (typeof chunk !== 'object' || chunk === null) return undefined;
  if ('result' in chunk) return unwrap(chunk.result);
  const keys = Object.keys(chunk);
  const isOtlp =
    keys.length === 0 || keys.some((key) => key === 'resourceSpans' || otherSignals.includes(key));
  return isOtlp ? chunk : undefined;
}

function preview(value: unknown): string {
  return inspect(value, { depth: 1, breakLength: Infinity }).slice(0, 80);
}

function recordsOf({ resource, scopeSpans }: ResourceSpans): SpanRecord[] {
  const attributes = decodeAttributes(resource?.attributes);
  return (scopeSpans ?? []).flatMap(({ scope, spans }) =>
    (spans ?? []).map((span) => ({ span: toSpan(span, attributes), scope })),
  );
}

function toSpan(span: OtlpSpan, resource: Span['resource']): Span {
  const startNs = BigInt(span.startTimeUnixNano ?? 0);
  const endNs = BigInt(span.endTimeUnixNano ?? 0);
  return {
    traceId: (span.traceId ?? '').toLowerCase(),
    spanId: (span.spanId ?? '').toLowerCase(),
    ...(span.parentSpanId ? { parentSpanId: span.parentSpanId.toLowerCase() } : {}),
    name: span.name ?? '',
    kind: kindOf(span.kind),
    service: typeof resource['service.name'] === 'string' ? resource['service.name'] : 'unknown_service',
    startNs,
    endNs,
    startMs: toMs(startNs),
    endMs: toMs(endNs),
    attributes: decodeAttributes(span.attributes),
    resource,
    events: (span.events ?? []).map(toEvent).toSorted(byTime),
    // Jaeger's plain answer leaves out a link to no trace, its raw one does not.
    links: (span.links ?? []).filter(({ traceId }) => traceId).map(toLink),
    status: statusOf(span.status),
  };
}

function toMs(ns: bigint): number {
  return Number(ns / 1_000_000n) + Number(ns % 1_000_000n) / 1e6;
}

function toEvent(event: OtlpEvent): SpanEvent {
  return {
    name: event.name ?? '',
    timeNs: BigInt(event.timeUnixNano ?? 0),
    attributes: decodeAttributes(event.attributes),
  };
}

function byTime(a: SpanEvent, b: SpanEvent): number {
  return a.timeNs < b.timeNs ? -1 : Number(a.timeNs > b.timeNs);
}

function toLink(link: OtlpLink): SpanLink {
  return {
    traceId: (link.traceId ?? '').toLowerCase(),
    spanId: (link.spanId ?? '').toLowerCase(),
    attributes: decodeAttributes(link.attributes),
  };
}

// Protobuf's JSON mapping allows an enum's number and its name.
function kindOf(kind: OtlpSpan['kind']): SpanKind {
  const byNumber = typeof kind === 'number' ? spanKinds[kind] : undefined;
  return byNumber ?? spanKinds.find((name) => `SPAN_KIND_${name}` === kind) ?? 'UNSPECIFIED';
}

function statusOf(status: OtlpSpan['status']): Span['status'] {
  const { code, message } = status ?? {};
  const byNumber = typeof code === 'number' ? statusCodes[code] : undefined;
  const name = byNumber ?? statusCodes.find((each) => `STATUS_CODE_${each}` === code) ?? 'UNSET';
  return { code: name, ...(message ? { message } : {}) };
}
