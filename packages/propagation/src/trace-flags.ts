import { trace, type Context } from '@opentelemetry/api';
import { TRACEPARENT_BYTES } from './limits.ts';

/** The flag that says that the trace id was made at random. https://www.w3.org/TR/trace-context-2/#random-trace-id-flag */
export const RANDOM_TRACE_FLAG = 0x02;

/** The flags that W3C Trace Context level 2 defines, sampled and random; others must not be passed on. */
export const KNOWN_TRACE_FLAGS = 0x01 | RANDOM_TRACE_FLAG;

/** Returns the same context if W3C defines all its flags, else one without the other flags. */
export function withKnownFlags(source: Context): Context {
  const spanContext = trace.getSpanContext(source);
  if (!spanContext || (spanContext.traceFlags & ~KNOWN_TRACE_FLAGS) === 0) return source;
  return trace.setSpanContext(source, {
    ...spanContext,
    traceFlags: spanContext.traceFlags & KNOWN_TRACE_FLAGS,
  });
}

/** True for a `traceparent` that ends in flags that W3C defines, `00` to `03`, so that its context need not be asked. */
export function showsKnownFlags(field: string, value: string): boolean {
  return (
    field === 'traceparent' &&
    value.length === TRACEPARENT_BYTES &&
    value.charCodeAt(TRACEPARENT_BYTES - 2) === ZERO &&
    value.charCodeAt(TRACEPARENT_BYTES - 1) <= ZERO + KNOWN_TRACE_FLAGS
  );
}

const ZERO = 0x30;
