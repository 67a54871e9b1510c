import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import { createPropagator } from './propagator.ts';
import { readSettings } from './settings.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const headers = {
  traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01`,
  baggage: 'demo.customer.tier=gold,email=ada@example.org',
};
const extract = (env: Record<string, string>) =>
  createPropagator(readSettings(env)).extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
const baggageKeys = (env: Record<string, string>) =>
  propagation
    .getBaggage(extract(env))
    ?.getAllEntries()
    .map(([key]) => key);

test('the door continues a trace unless it is told otherwise', () => {
  assert.equal(trace.getSpanContext(extract({}))?.traceId, TRACE_ID);
});

for (const policy of ['link', 'ignore', 'nonsense']) {
  test(`EDGE_POLICY=${policy} does not continue a caller's trace`, (t) => {
    t.mock.method(console, 'error', () => {});
    assert.equal(trace.getSpanContext(extract({ EDGE_POLICY: policy })), undefined);
  });
}

test('only listed baggage comes in', () => {
  assert.deepEqual(baggageKeys({}), ['demo.customer.tier']);
  assert.deepEqual(baggageKeys({ BAGGAGE_KEYS: 'email' }), ['email']);
  assert.equal(baggageKeys({ BAGGAGE_KEYS: '' }), undefined);
});

test('only listed baggage goes out', () => {
  const own = propagation.createBaggage({
    'demo.customer.tier': { value: 'gold' },
    email: { value: 'ada@example.org' },
  });
  const outgoing: Record<string, string> = {};
  const propagator = createPropagator(readSettings({}));
  propagator.inject(propagation.setBaggage(ROOT_CONTEXT, own), outgoing, defaultTextMapSetter);
  assert.deepEqual(outgoing, { baggage: 'demo.customer.tier=gold' });
});
