import {
  bool,
  bytes,
  double,
  fixed32,
  fixed64,
  id,
  int32,
  int64,
  message,
  messages,
  text,
  uint32,
  type Fields,
} from './wire.ts';

/**
 * OTLP's messages by field number; what is not stored is left out here.
 * Source: https://github.com/open-telemetry/opentelemetry-proto, v1.10.0, `trace.proto`, `common.proto` and `resource.proto`
 */
export const exportRequestFields: Fields = { 1: messages('resourceSpans', () => resourceSpans) };

const resourceSpans: Fields = {
  1: message('resource', () => resource),
  2: messages('scopeSpans', () => scopeSpans),
};

const resource: Fields = { 1: messages('attributes', () => keyValue), 2: uint32('droppedAttributesCount') };

const scopeSpans: Fields = { 1: message('scope', () => scope), 2: messages('spans', () => span) };

const scope: Fields = {
  1: text('name'),
  2: text('version'),
  3: messages('attributes', () => keyValue),
  4: uint32('droppedAttributesCount'),
};

const span: Fields = {
  1: id('traceId'),
  2: id('spanId'),
  3: text('traceState'),
  4: id('parentSpanId'),
  5: text('name'),
  6: int32('kind'),
  7: fixed64('startTimeUnixNano'),
  8: fixed64('endTimeUnixNano'),
  9: messages('attributes', () => keyValue),
  10: uint32('droppedAttributesCount'),
  11: messages('events', () => event),
  12: uint32('droppedEventsCount'),
  13: messages('links', () => link),
  14: uint32('droppedLinksCount'),
  15: message('status', () => status),
  16: fixed32('flags'),
};

const event: Fields = {
  1: fixed64('timeUnixNano'),
  2: text('name'),
  3: messages('attributes', () => keyValue),
  4: uint32('droppedAttributesCount'),
};

const link: Fields = {
  1: id('traceId'),
  2: id('spanId'),
  3: text('traceState'),
  4: messages('attributes', () => keyValue),
  5: uint32('droppedAttributesCount'),
  6: fixed32('flags'),
};

const status: Fields = { 2: text('message'), 3: int32('code') };

const keyValue: Fields = { 1: text('key'), 2: message('value', () => anyValue) };

const anyValue: Fields = {
  1: text('stringValue'),
  2: bool('boolValue'),
  3: int64('intValue'),
  4: double('doubleValue'),
  5: message('arrayValue', () => ({ 1: messages('values', () => anyValue) })),
  6: message('kvlistValue', () => ({ 1: messages('values', () => keyValue) })),
  7: bytes('bytesValue'),
};
