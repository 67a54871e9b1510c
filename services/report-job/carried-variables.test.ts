import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { propagation } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { withBaggageAllowList } from '@beyond-headers/propagation';
import { carriedVariables } from './carried-variables.ts';

before(() => {
  const w3c = [new W3CTraceContextPropagator(), new W3CBaggagePropagator()];
  propagation.setGlobalPropagator(
    withBaggageAllowList(new CompositePropagator({ propagators: w3c }), ['demo.customer.tier']),
  );
});

const TRACEPARENT = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const LONG = 'x'.repeat(100_000);

test('the span of the run shows what the environment carried', () => {
  assert.deepEqual(
    carriedVariables({
      TRACEPARENT,
      TRACESTATE: 'vendor=1',
      BAGGAGE: 'demo.customer.tier=gold',
      MONGODB_URI: 'mongodb://me:hunter2@host',
    }),
    {
      'demo.carrier.TRACEPARENT': TRACEPARENT,
      'demo.carrier.TRACESTATE': 'vendor=1',
      'demo.carrier.BAGGAGE': 'demo.customer.tier=gold',
    },
  );
});

test('a name in another case is shown as it is', () => {
  assert.deepEqual(carriedVariables({ traceparent: TRACEPARENT }), {
    'demo.carrier.traceparent': TRACEPARENT,
  });
});

test('baggage that is not listed gets into no attribute', () => {
  const baggage = 'user.email=ada@example.org,demo.customer.tier=gold,session=hunter2;secret=1';
  for (const name of ['BAGGAGE', 'baggage', 'Baggage'])
    assert.deepEqual(carriedVariables({ TRACEPARENT, [name]: baggage }), {
      'demo.carrier.TRACEPARENT': TRACEPARENT,
      [`demo.carrier.${name}`]: 'demo.customer.tier=gold',
    });
  assert.deepEqual(carriedVariables({ BAGGAGE: 'user.email=ada@example.org' }), {});
});

const OVERSIZED: Record<string, string>[] = [
  { TRACEPARENT: LONG },
  { TRACEPARENT: `${TRACEPARENT}-${LONG}` },
  { TRACEPARENT, TRACESTATE: `vendor=${LONG}` },
  { TRACEPARENT, BAGGAGE: `demo.customer.tier=${LONG}` },
  { TRACEPARENT, BAGGAGE: Array.from({ length: 20_000 }, () => 'demo.customer.tier=x').join(',') },
  { TRACEPARENT, tracestate: LONG, baggage: LONG },
];

test('a value that no carrier may hold gets into no attribute', () => {
  for (const env of OVERSIZED) {
    const shown = Object.values(carriedVariables(env)).join('');
    assert.ok(
      shown === '' || shown === TRACEPARENT,
      `${Object.keys(env).join()}: ${shown.length} characters`,
    );
  }
});
