import { trace, type Context } from '@opentelemetry/api';

/** The flag of a randomly generated trace ID. https://www.w3.org/TR/trace-context-2/#random-trace-id-flag */
export const RANDOM_TRACE_FLAG = 0x02;

/** The flags that W3C Trace Context level 2 defines, sampled and random. Other flags must not be passed on. */
export const KNOWN_TRACE_FLAGS = 0x01 | RANDOM_TRACE_FLAG;

/**
 * Returns the context without the flags that W3C doesn't define. Upstream writes flags above `0f` as three digits (`ff` becomes
 * `0ff`), which the next reader must refuse.
 */
export function withKnownFlags(source: Context): Context {
  const spanContext = trace.getSpanContext(source);
  if (!spanContext || (spanContext.traceFlags & ~KNOWN_TRACE_FLAGS) === 0) return source;
  return trace.setSpanContext(source, {
    ...spanContext,
    traceFlags: spanContext.traceFlags & KNOWN_TRACE_FLAGS,
  });
}
