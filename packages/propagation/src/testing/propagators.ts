import { ROOT_CONTEXT, createContextKey, trace } from '@opentelemetry/api';
import { context, propagation, type Context, type TextMapPropagator } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';

export const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
export const SPAN_ID = 'b7ad6b7169203331';
export const TRACEPARENT = `00-${TRACE_ID}-${SPAN_ID}-01`;

/** Upstream's default: W3C Trace Context and Baggage. */
export const w3c = new CompositePropagator({
  propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
});

/** Runs a test body with a global propagator and context manager, and removes both afterwards. */
export function withPropagator<T>(propagator: TextMapPropagator, fn: () => T): T {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(propagator);
  try {
    return fn();
  } finally {
    propagation.disable();
    context.disable();
  }
}

/** Returns a context with the example span of the W3C specification, sampled by default. */
export function exampleContext(traceFlags = 1, base: Context = ROOT_CONTEXT): Context {
  return trace.setSpanContext(base, { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags });
}

const DUMMY = createContextKey('dummy');

/** Carries one value in a field with an unusual name, to test the medium instead of the W3C format. */
export const dummyPropagator: TextMapPropagator = {
  inject(source, carrier, setter) {
    const value = source.getValue(DUMMY);
    if (typeof value === 'string') setter.set(carrier, '1-dummy.field', value);
  },
  extract(base, carrier, getter) {
    const value = getter.get(carrier, '1-dummy.field');
    return value === undefined ? base : base.setValue(DUMMY, value);
  },
  fields: () => ['1-dummy.field'],
};

/** Returns a context with the value that {@link dummyPropagator} carries. */
export function dummyContext(value: string): Context {
  return ROOT_CONTEXT.setValue(DUMMY, value);
}

/** Returns the value that {@link dummyPropagator} carried. */
export function dummyValue(source: Context): unknown {
  return source.getValue(DUMMY);
}
