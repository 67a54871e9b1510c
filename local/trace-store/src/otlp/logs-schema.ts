import type { z } from 'zod';
import { count, enumeration, flags, id, many, message, nanoseconds, one, text } from './fields.ts';
import { resource, scope } from './schema.ts';
import { anyValue, attribute } from './value.ts';

/**
 * OTLP's `ExportLogsServiceRequest`, as protobuf and as JSON, normalized like the request of traces.
 * Source: https://github.com/open-telemetry/opentelemetry-proto, v1.10.0, `logs.proto`
 */
export type LogsRequest = z.output<(typeof logsRequest)['json']>;
export type LogRecord = z.output<(typeof logRecord)['json']>;

/** The severities, each of which has four levels. Source: https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
export const SEVERITIES = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const STEPS = ['', '2', '3', '4'];
const SEVERITY_NUMBERS = [
  'UNSPECIFIED',
  ...SEVERITIES.flatMap((severity) => STEPS.map((step) => severity + step)),
];

const logRecord = message({
  timeUnixNano: nanoseconds(1),
  observedTimeUnixNano: nanoseconds(11),
  severityNumber: enumeration(2, 'SEVERITY_NUMBER_', SEVERITY_NUMBERS),
  severityText: text(3),
  body: one(5, anyValue),
  attributes: many(6, attribute),
  droppedAttributesCount: count(7),
  flags: flags(8),
  traceId: id(9, 16),
  spanId: id(10, 8),
  eventName: text(12),
});

const scopeLogs = message({ scope: one(1, scope), logRecords: many(2, logRecord) });
const resourceLogs = message({ resource: one(1, resource), scopeLogs: many(2, scopeLogs) });
export const logsRequest = message({ resourceLogs: many(1, resourceLogs) });
