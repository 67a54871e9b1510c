import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  trace,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { createPropagator } from './propagator.ts';
import { readSettings } from './settings.ts';
import { warningsIn } from './testing/warnings.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_CONTEXT = { traceId: TRACE_ID, spanId: 'b7ad6b7169203331', traceFlags: 1 };
const headers = {
  traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01`,
  baggage: 'demo.customer.tier=gold,email=ada@example.org',
};
const propagatorOf = (env: Record<string, string>): Promise<TextMapPropagator> =>
  createPropagator(readSettings(env));
const extract = async (env: Record<string, string>, carrier: object = headers) =>
  (await propagatorOf(env)).extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
const baggageKeys = async (env: Record<string, string>) =>
  propagation
    .getBaggage(await extract(env))
    ?.getAllEntries()
    .map(([key]) => key);

test('a trace is continued unless the policy says otherwise', async () => {
  assert.equal(trace.getSpanContext(await extract({}))?.traceId, TRACE_ID);
});

for (const policy of ['link', 'ignore', 'nonsense']) {
  test(`EDGE_POLICY=${policy} does not continue a caller's trace`, async (t) => {
    warningsIn(t);
    assert.equal(trace.getSpanContext(await extract({ EDGE_POLICY: policy })), undefined);
  });
}

test('accepts only listed baggage', async () => {
  assert.deepEqual(await baggageKeys({}), ['demo.customer.tier']);
  assert.deepEqual(await baggageKeys({ BAGGAGE_KEYS: 'email' }), ['email']);
  assert.equal(await baggageKeys({ BAGGAGE_KEYS: '' }), undefined);
});

/** Value of OTEL_PROPAGATORS, and the headers that it sends. */
const SENT: Array<[value: string, fields: string[]]> = [
  ['', ['traceparent']],
  ['tracecontext', ['traceparent']],
  ['b3', ['b3']],
  ['b3multi', ['x-b3-sampled', 'x-b3-spanid', 'x-b3-traceid']],
  ['jaeger', ['uber-trace-id']],
  ['ottrace', ['ot-tracer-sampled', 'ot-tracer-spanid', 'ot-tracer-traceid']],
  ['xray', ['x-amzn-trace-id']],
  [' tracecontext , b3, b3 ', ['b3', 'traceparent']],
  ['none', []],
  ['none,b3', []],
  ['baggage', []],
];
for (const [value, fields] of SENT) {
  test(`OTEL_PROPAGATORS=${JSON.stringify(value)} makes the round trip`, async () => {
    const propagator = await propagatorOf({ OTEL_PROPAGATORS: value });
    const carrier: Record<string, string> = {};
    propagator.inject(trace.setSpanContext(ROOT_CONTEXT, SPAN_CONTEXT), carrier, defaultTextMapSetter);
    assert.deepEqual(Object.keys(carrier).toSorted(), fields);
    const back = trace.getSpanContext(propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter));
    // OT Trace keeps only 64 bits of the trace ID.
    if (fields.length > 0) assert.ok(back?.traceId.endsWith(TRACE_ID.slice(16)), back?.traceId);
    else assert.equal(back, undefined);
  });
}

test('an unknown propagator is named and left out', async (t) => {
  const warnings = warningsIn(t);
  const propagator = await propagatorOf({ OTEL_PROPAGATORS: 'zipkin,tracecontext' });
  assert.deepEqual(propagator.fields(), ['traceparent', 'tracestate']);
  assert.match(warnings[0] ?? '', /OTEL_PROPAGATORS.*zipkin/);
});

for (const value of ['w3c', ',', 'zipkin, datadog', 'constructor']) {
  test(`OTEL_PROPAGATORS=${JSON.stringify(value)} counts as unset`, async (t) => {
    const warnings = warningsIn(t);
    const propagator = await propagatorOf({ OTEL_PROPAGATORS: value });
    assert.deepEqual(propagator.fields(), ['traceparent', 'tracestate', 'baggage']);
    assert.match(warnings.at(-1) ?? '', /OTEL_PROPAGATORS.*using tracecontext,baggage/);
  });
}

test('passes on only listed baggage', async () => {
  const own = propagation.createBaggage({
    'demo.customer.tier': { value: 'gold' },
    email: { value: 'ada@example.org' },
  });
  const outgoing: Record<string, string> = {};
  const propagator = await createPropagator(readSettings({}));
  propagator.inject(propagation.setBaggage(ROOT_CONTEXT, own), outgoing, defaultTextMapSetter);
  assert.deepEqual(outgoing, { baggage: 'demo.customer.tier=gold' });
});
