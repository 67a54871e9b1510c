import { createContextKey, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { Context, TextMapPropagator } from '@opentelemetry/api';
import { CompositePropagator, TraceState } from '@opentelemetry/core';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import { SPAN_ID, TRACE_ID, traceparent, w3c, type CarrierCase } from './carrier-case.ts';

const b3 = new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER });
const b3Fields = { 'x-b3-traceid': TRACE_ID, 'x-b3-spanid': SPAN_ID, 'x-b3-sampled': '1' };

const ODD = createContextKey('oddly named');
// A made-up propagator tests the medium rather than the W3C format.
const oddlyNamed: TextMapPropagator = {
  inject(source, carrier, setter) {
    const value = source.getValue(ODD);
    if (typeof value === 'string') setter.set(carrier, '1-odd.name', value);
  },
  extract: (base, carrier, getter) => base.setValue(ODD, getter.get(carrier, '1-odd.name')),
  fields: () => ['1-odd.name'],
};

/** Contexts that are injected at one end and arrive at the other. */
export const roundTrips: CarrierCase[] = [
  { name: 'a sampled context', inject: span(1), expect: { traceparent } },
  { name: 'a context not sampled', inject: span(0), expect: { traceparent: traceparent.replace(/1$/, '0') } },
  { name: 'unknown flags', inject: span(0xff), expect: { traceparent: traceparent.replace(/1$/, '3') } },
  { name: 'a state', inject: span(1, 'a=1,b=2'), expect: { traceparent, tracestate: 'a=1,b=2' } },
  {
    name: 'a state that names a secret',
    inject: span(1, 'k=$(SECRET)$$(SECRET)$'),
    expect: { traceparent, tracestate: 'k=$(SECRET)$$(SECRET)$' },
  },
  {
    name: 'baggage beyond ASCII',
    inject: withBaggage('demo.customer.tier', 'gold 🥇, $(SECRET)'),
    expect: { traceparent, baggage: 'demo.customer.tier=gold%20%F0%9F%A5%87%2C%20%24(SECRET)' },
  },
  { name: 'nothing to carry', inject: ROOT_CONTEXT, expect: undefined },
  { name: 'B3 in several fields', propagator: b3, inject: span(1), expect: b3Fields },
  {
    name: 'W3C and B3 together',
    propagator: new CompositePropagator({ propagators: [w3c, b3] }),
    inject: span(1),
    expect: { traceparent, ...b3Fields },
  },
  {
    name: 'an oddly named field',
    propagator: oddlyNamed,
    inject: ROOT_CONTEXT.setValue(ODD, 'hello'),
    expect: { '1-odd.name': 'hello' },
  },
];

function span(traceFlags: number, state?: string): Context {
  const traceState = state === undefined ? {} : { traceState: new TraceState(state) };
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    traceFlags,
    ...traceState,
  });
}

function withBaggage(key: string, value: string): Context {
  return propagation.setBaggage(span(1), propagation.createBaggage({ [key]: { value } }));
}
