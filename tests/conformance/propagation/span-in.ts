import { ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { StrictTraceContextPropagator } from '@beyond-headers/propagation';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

export const traceparentOf = (spanId: string): string => `00-${TRACE_ID}-${spanId}-01`;

/** Returns a context with a remote span. */
export function spanIn(spanId: string, tracestate?: string): Context {
  const carrier = { traceparent: traceparentOf(spanId), ...(tracestate && { tracestate }) };
  const getter = { keys: Object.keys, get: (from: Record<string, string>, key: string) => from[key] };
  return new StrictTraceContextPropagator().extract(ROOT_CONTEXT, carrier, getter);
}
