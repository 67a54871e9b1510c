import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

/**
 * Returns the trace ID of a span, for people and documents. Without telemetry, the span's trace ID is all zeros, and the result
 * is undefined.
 */
export function traceIdOf(span: { spanContext(): SpanContext } | undefined): string | undefined {
  const spanContext = span?.spanContext();
  return spanContext && isSpanContextValid(spanContext) ? spanContext.traceId : undefined;
}
