import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';
import { KNOWN_TRACE_FLAGS } from '../trace-flags.ts';

// version "-" trace-id "-" parent-id "-" trace-flags. A later version may add more after another "-".
const TRACE_PARENT = /^(?!ff)([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/;
const VERSION = '00';

type Parts = [all: string, version: string, traceId: string, spanId: string, flags: string, rest?: string];

/**
 * Reads a `traceparent`, or returns `undefined` if it is invalid. From a later version, reads only the parts that version 00
 * defines.
 * Source: https://www.w3.org/TR/trace-context-2/#traceparent-header and #versioning-of-traceparent
 */
export function parseTraceParent(header: string): SpanContext | undefined {
  const parts = TRACE_PARENT.exec(header) as Parts | null;
  if (!parts) return undefined;
  const [, version, traceId, spanId, flags, rest] = parts;
  if (version === VERSION && rest !== undefined) return undefined;
  const traceFlags = Number.parseInt(flags, 16) & KNOWN_TRACE_FLAGS;
  const spanContext = { traceId, spanId, traceFlags, isRemote: true };
  return isSpanContextValid(spanContext) ? spanContext : undefined;
}

/** Writes a `traceparent` of version 00, with the flags that this version knows. Readers accept only lower case. */
export function formatTraceParent({ traceId, spanId, traceFlags }: SpanContext): string {
  const flags = (traceFlags & KNOWN_TRACE_FLAGS).toString(16).padStart(2, '0');
  return `${VERSION}-${traceId}-${spanId}-${flags}`.toLowerCase();
}
