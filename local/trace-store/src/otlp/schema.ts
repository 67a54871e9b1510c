import { z } from 'zod';
import { attribute } from './value.ts';
import { count, enumeration, id, list, record, text, uint64 } from './fields.ts';

/**
 * OTLP's `ExportTraceServiceRequest` as JSON, normalised: ids in lower-case hex, 64-bit integers as strings, enums as numbers,
 * whatever has the default value left out. Fields that are not known are ignored, as the protocol asks.
 * What is refused is what Jaeger's receiver refuses. Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export type ExportRequest = z.output<typeof exportRequest>;
export type SpanRecord = z.output<typeof span>;
export type ResourceRecord = z.output<typeof resource>;
export type ScopeRecord = z.output<typeof scope>;

const kindNames = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const codeNames = ['UNSET', 'OK', 'ERROR'];
const attributes = list(attribute);

const event = record({
  timeUnixNano: uint64,
  name: text,
  attributes,
  droppedAttributesCount: count,
});

const link = record({
  traceId: id(16),
  spanId: id(8),
  traceState: text,
  attributes,
  droppedAttributesCount: count,
  flags: count,
});

const status = record({ message: text, code: enumeration('STATUS_CODE_', codeNames) });

const span = record({
  traceId: id(16),
  spanId: id(8),
  traceState: text,
  parentSpanId: id(8),
  flags: count,
  name: text,
  kind: enumeration('SPAN_KIND_', kindNames),
  startTimeUnixNano: uint64,
  endTimeUnixNano: uint64,
  attributes,
  droppedAttributesCount: count,
  events: list(event),
  droppedEventsCount: count,
  links: list(link),
  droppedLinksCount: count,
  status: status.nullish(),
});

const resource = record({ attributes, droppedAttributesCount: count });
const scope = record({ name: text, version: text, attributes, droppedAttributesCount: count });

const scopeSpans = record({ scope: scope.nullish(), spans: list(span) });
const resourceSpans = record({ resource: resource.nullish(), scopeSpans: list(scopeSpans) });

export const exportRequest = z
  .looseObject({ resourceSpans: list(resourceSpans) })
  .nullable()
  .transform((request) => ({ resourceSpans: request?.resourceSpans ?? [] }));
