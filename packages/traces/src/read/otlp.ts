import { inspect } from 'node:util';
import { decodeAttributes } from './attributes.ts';
import {
  labelOf,
  spanKinds,
  statusCodes,
  type Span,
  type SpanEvent,
  type SpanKind,
  type SpanLink,
} from '../tree/span.ts';
import type { OtlpEvent, OtlpLink, OtlpSpan, OtlpTraces } from './otlp-types.ts';

/**
 * Reads spans from OTLP JSON: `{resourceSpans}`, Jaeger's `{result: {resourceSpans}}`, or an array of either.
 * A span that is there twice, word for word, is returned once. Throws a `TypeError` when it is none of these.
 * Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function parseOtlp(json: unknown): Span[] {
  const chunks = Array.isArray(json) ? json : [json];
  return withoutRepeats(chunks.flatMap((chunk) => resourceSpansOf(chunk).flatMap(spansOfResource)));
}

type ResourceSpans = NonNullable<OtlpTraces['resourceSpans']>[number];

function resourceSpansOf(chunk: unknown): ResourceSpans[] {
  const traces = unwrap(chunk);
  if (traces && (traces.resourceSpans === undefined || Array.isArray(traces.resourceSpans))) {
    return traces.resourceSpans ?? [];
  }
  throw new TypeError(
    `Failed to read OTLP JSON: got ${preview(chunk)}. Expected an object with an array "resourceSpans", or Jaeger's {"result": …}.`,
  );
}

function unwrap(chunk: unknown): OtlpTraces | undefined {
  if (typeof chunk !== 'object' || chunk === null) return undefined;
  if ('result' in chunk) return unwrap(chunk.result);
  return 'resourceSpans' in chunk || Object.keys(chunk).length === 0 ? chunk : undefined;
}

function preview(value: unknown): string {
  return inspect(value, { depth: 1, breakLength: Infinity }).slice(0, 80);
}

function spansOfResource({ resource, scopeSpans }: ResourceSpans): Span[] {
  const attributes = decodeAttributes(resource?.attributes);
  return (scopeSpans ?? []).flatMap(({ spans }) => (spans ?? []).map((span) => toSpan(span, attributes)));
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
    events: (span.events ?? []).map(toEvent),
    links: (span.links ?? []).map(toLink),
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

function withoutRepeats(spans: readonly Span[]): Span[] {
  return [...new Map(spans.map((span) => [identityOf(span), span])).values()];
}

function identityOf(span: Span): string {
  return [span.traceId, span.spanId, span.parentSpanId, span.startNs, span.endNs, labelOf(span)].join('/');
}
