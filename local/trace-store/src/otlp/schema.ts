import type { z } from 'zod';
import { count, enumeration, flags, id, many, message, nanoseconds, one, text } from './fields.ts';
import { attribute } from './value.ts';

/**
 * OTLP's `ExportTraceServiceRequest`, as protobuf and as JSON, with only the fields that are stored. The output is normalized:
 * ids are lower-case hex digits, 64-bit integers are strings, enums are numbers, and default values are left out. Unknown fields
 * are ignored, as the protocol requires. The schema refuses what Jaeger's receiver refuses.
 * Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding, and for the field numbers
 * https://github.com/open-telemetry/opentelemetry-proto, v1.10.0, `trace.proto`, `common.proto` and `resource.proto`
 */
export type ExportRequest = z.output<(typeof exportRequest)['json']>;
export type SpanRecord = z.output<(typeof span)['json']>;
export type ResourceRecord = z.output<(typeof resource)['json']>;
export type ScopeRecord = z.output<(typeof scope)['json']>;

export const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
export const CODES = ['UNSET', 'OK', 'ERROR'];

const event = message({
  timeUnixNano: nanoseconds(1),
  name: text(2),
  attributes: many(3, attribute),
  droppedAttributesCount: count(4),
});

const link = message({
  traceId: id(1, 16),
  spanId: id(2, 8),
  traceState: text(3),
  attributes: many(4, attribute),
  droppedAttributesCount: count(5),
  flags: flags(6),
});

const status = message({ message: text(2), code: enumeration(3, 'STATUS_CODE_', CODES) });

const span = message({
  traceId: id(1, 16),
  spanId: id(2, 8),
  traceState: text(3),
  parentSpanId: id(4, 8),
  flags: flags(16),
  name: text(5),
  kind: enumeration(6, 'SPAN_KIND_', KINDS),
  startTimeUnixNano: nanoseconds(7),
  endTimeUnixNano: nanoseconds(8),
  attributes: many(9, attribute),
  droppedAttributesCount: count(10),
  events: many(11, event),
  droppedEventsCount: count(12),
  links: many(13, link),
  droppedLinksCount: count(14),
  status: one(15, status),
});

export const resource = message({ attributes: many(1, attribute), droppedAttributesCount: count(2) });
export const scope = message({
  name: text(1),
  version: text(2),
  attributes: many(3, attribute),
  droppedAttributesCount: count(4),
});
const scopeSpans = message({ scope: one(1, scope), spans: many(2, span) });
const resourceSpans = message({ resource: one(1, resource), scopeSpans: many(2, scopeSpans) });

export const exportRequest = message({ resourceSpans: many(1, resourceSpans) });
