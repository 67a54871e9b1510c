import { trace, type Context } from '@opentelemetry/api';

/** The flag that says that the trace id was made at random. https://www.w3.org/TR/trace-context-2/#random-trace-id-flag */
export const RANDOM_TRACE_FLAG = 0x02;

/** The flags that W3C Trace Context level 2 defines, sampled and random; others must not be passed on. */
export const KNOWN_TRACE_FLAGS = 0x01 | RANDOM_TRACE_FLAG;

/**
 * Returns the same context if W3C defines all its flags, else one without the other flags. Upstream writes flags above `0f` as
 * three digits (`ff` becomes `0ff`), which the next reader must refuse.
 */
export function withKnownFlags(source: Context): Context {
  const spanContext = trace.getSpanContext(source);
  if (!spanContext || (spanContext.traceFlags & ~KNOWN_TRACE_FLAGS) === 0) return source;
  return trace.setSpanContext(source, {
    ...spanContext,
    traceFlags: spanContext.traceFlags & KNOWN_TRACE_FLAGS,
  });
}
