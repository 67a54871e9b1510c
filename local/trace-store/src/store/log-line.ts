import { SEVERITIES, type LogRecord } from '../otlp/logs-schema.ts';
import type { ResourceRecord } from '../otlp/schema.ts';
import type { AnyValue } from '../otlp/value.ts';
import { serviceNameOf } from './sanitise.ts';

/** A log line that was written inside a span, converted to text for people and pages. */
export interface LogLine {
  traceId: string;
  spanId: string;
  /** Milliseconds since 1970, with a fraction. */
  timeMs: number;
  service: string;
  /** `INFO`, `ERROR`, …; empty if the sender set none. */
  severity: string;
  body: string;
  attributes: Record<string, string>;
}

const MAX_TEXT_LENGTH = 4_000;
const STEPS = 4;

/** Converts a log record to a line. Returns undefined if the record names no span, because no page could show it with a trace. */
export function toLogLine(record: LogRecord, resource: ResourceRecord): LogLine | undefined {
  const { traceId, spanId, timeUnixNano, observedTimeUnixNano, body, attributes } = record;
  if (traceId === undefined || spanId === undefined) return undefined;
  const timeNs = BigInt(timeUnixNano ?? observedTimeUnixNano ?? 0);
  const service = serviceNameOf(resource);
  const entries = (attributes ?? []).map(({ key, value }) => [key ?? '', textOf(value)] as const);
  return {
    traceId,
    spanId,
    timeMs: Number(timeNs / 1_000n) / 1_000,
    service,
    severity: severityOf(record),
    body: textOf(body ?? {}),
    attributes: Object.fromEntries(entries.filter(([key, text]) => key !== 'service' || text !== service)),
  };
}

function severityOf({ severityText, severityNumber = 0 }: LogRecord): string {
  return (severityText || (SEVERITIES[Math.ceil(severityNumber / STEPS) - 1] ?? '')).toUpperCase();
}

function textOf(value: AnyValue): string {
  const plain = plainOf(value);
  return (typeof plain === 'string' ? plain : JSON.stringify(plain)).slice(0, MAX_TEXT_LENGTH);
}

function plainOf({ arrayValue, kvlistValue, ...single }: AnyValue): unknown {
  if (arrayValue) return (arrayValue.values ?? []).map(plainOf);
  if (kvlistValue) {
    const entries = (kvlistValue.values ?? []).map(({ key, value }) => [key ?? '', plainOf(value)]);
    return Object.fromEntries(entries);
  }
  return Object.values(single).find((value) => value !== undefined) ?? '';
}
