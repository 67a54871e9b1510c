import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

/** The trace of a span, for people and documents. Undefined without telemetry: the API's span then has an id of zeros, which is none. */
export function traceIdOf(span: { spanContext(): SpanContext } | undefined): string | undefined {
  const spanContext = span?.spanContext();
  return spanContext && isSpanContextValid(spanContext) ? spanContext.traceId : undefined;
}
