import { inspect } from 'node:util';
import { decodeAttributes, listOf } from './attributes.ts';
import { withoutDoubles, type SpanRecord } from './doubles.ts';
import { isNoId, spanIdText, traceIdText } from './ids.ts';
import { EXPECTED_OTLP, formatOf, groupsOf, isObject, type ResourceSpans } from './otlp-groups.ts';
import {
  originOf,
  spanKinds,
  statusCodes,
  timesOf,
  type Span,
  type SpanEvent,
  type SpanKind,
  type SpanLink,
} from '../tree/span.ts';
import type { OtlpEvent, OtlpLink, OtlpSpan } from './otlp-types.ts';

/**
 * Reads spans from OTLP JSON: `{resourceSpans}`, a response of Jaeger or Tempo that contains it, or an array of these. Skips other signals,
 * which the Collector may write to the same file. Returns two identical spans as one. Throws a `TypeError` for anything else. Source:
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function parseOtlp(json: unknown): Span[] {
  const chunks = Array.isArray(json) ? json : [json];
  return withoutDoubles(chunks.flatMap((chunk) => resourceSpansOf(chunk).flatMap(recordsOf)));
}

function resourceSpansOf(chunk: unknown): ResourceSpans[] {
  const groups = groupsOf(chunk);
  if (!groups) throw failure(preview(chunk), `${formatOf(chunk)}${EXPECTED_OTLP}`);
  return groups.map((group) => expectObject(group, 'a resource with spans'));
}

const failure = (got: string, expected: string): TypeError =>
  new TypeError(`Failed to read OTLP JSON: got ${got}. ${expected}`);

function expectObject<Value>(value: Value, what: string): Value & object {
  if (isObject(value)) return value;
  throw failure(`${what} that is ${preview(value)}`, 'Expected an object.');
}

function preview(value: unknown): string {
  return inspect(value, { depth: 1, breakLength: Infinity }).slice(0, 80);
}

function recordsOf({ resource, scopeSpans }: ResourceSpans): SpanRecord[] {
  const attributes = decodeAttributes(resource?.attributes);
  return listOf(scopeSpans).flatMap((scoped) => {
    const { scope, spans } = expectObject(scoped, 'a scope with spans');
    return listOf(spans).map((span) => ({ span: toSpan(expectObject(span, 'a span'), attributes), scope }));
  });
}

function toSpan(span: OtlpSpan, resource: Span['resource']): Span {
  const { parentSpanId } = span;
  return {
    traceId: traceIdText(textOf(span.traceId, 'trace id')),
    spanId: spanIdText(textOf(span.spanId, 'span id')),
    ...(isNoId(parentSpanId) ? {} : { parentSpanId: spanIdText(textOf(parentSpanId, 'parent span id')) }),
    name: textOf(span.name, 'name'),
    kind: kindOf(span.kind),
    ...originOf(resource),
    ...timesOf(toNanoseconds(span.startTimeUnixNano), toNanoseconds(span.endTimeUnixNano)),
    attributes: decodeAttributes(span.attributes),
    events: listOf(span.events).filter(isObject).map(toEvent).toSorted(byTime),
    // Jaeger's raw responses contain links without a trace id. Its default responses don't.
    links: listOf(span.links)
      .filter((link) => isObject(link) && !isNoId(link.traceId))
      .map(toLink),
    status: statusOf(span.status),
    ...flagsOf(span),
  };
}

function textOf(value: unknown, what: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  throw failure(`a span with the ${what} ${preview(value)}`, 'Expected a text.');
}

/** Parses a time, without fractions of a nanosecond. Returns 0 for a missing time. */
function toNanoseconds(time: string | number | null | undefined): bigint {
  const digits = /^\s*(-?\d+)(?:\.\d*)?\s*$/.exec(String(time ?? 0))?.[1];
  if (digits !== undefined) return BigInt(digits);
  const number = time === '' ? 0 : Number(time);
  if (Number.isFinite(number)) return BigInt(Math.trunc(number));
  throw failure(
    `the time ${preview(time)}`,
    'Expected nanoseconds since 1970, such as "1700000000000000000".',
  );
}

function toEvent(event: OtlpEvent): SpanEvent {
  return {
    name: event.name ?? '',
    timeNs: toNanoseconds(event.timeUnixNano),
    attributes: decodeAttributes(event.attributes),
  };
}

function byTime(a: SpanEvent, b: SpanEvent): number {
  return a.timeNs < b.timeNs ? -1 : Number(a.timeNs > b.timeNs);
}

function toLink(link: OtlpLink): SpanLink {
  return {
    traceId: traceIdText(textOf(link.traceId, 'trace id of a link')),
    spanId: spanIdText(textOf(link.spanId, 'span id of a link')),
    attributes: decodeAttributes(link.attributes),
    ...flagsOf(link),
  };
}

function flagsOf({ flags }: { flags?: unknown }): { flags?: number } {
  const number = Number(flags ?? 0);
  return Number.isInteger(number) && number > 0 ? { flags: number } : {};
}

/** Reads a span's kind, which may be anything in an untrusted file. */
export const kindOf = (kind: unknown): SpanKind => enumOf(spanKinds, 'SPAN_KIND_', kind) ?? 'UNSPECIFIED';

/** Reads a span's status. A missing or unknown code is `UNSET`. */
export function statusOf(status: OtlpSpan['status']): Span['status'] {
  const { code, message } = status ?? {};
  const name = enumOf(statusCodes, 'STATUS_CODE_', code) ?? 'UNSET';
  return { code: name, ...(message ? { message } : {}) };
}

/** Reads an enum. Protobuf's JSON mapping allows its name and its number, which may be a text. */
function enumOf<Name extends string>(
  names: readonly Name[],
  prefix: string,
  value: unknown,
): Name | undefined {
  // No conversion, because an object may have no text: `String({ toString: 1 })` throws.
  return names.find(
    (name, number) => value === number || value === `${number}` || value === `${prefix}${name}`,
  );
}
