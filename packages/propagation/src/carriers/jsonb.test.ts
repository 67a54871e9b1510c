import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import { exampleContext, SPAN_ID, TRACEPARENT, w3c, withPropagator } from '../testing/propagators.ts';
import { warningsOf } from '../testing/warnings.ts';
import { jsonbCarrier } from './jsonb.ts';

test('carries context in an object of a column', () => {
  withPropagator(w3c, () => {
    const column = injectContext(exampleContext(), { tracestate: 'stale=1' }, jsonbCarrier);
    assert.deepEqual(column, { traceparent: TRACEPARENT });
    assert.equal(trace.getSpanContext(extractContext(column, jsonbCarrier))?.spanId, SPAN_ID);
  });
});

test('leaves out what would cost the whole row', () => {
  for (const [field, value] of [
    ['baggage', 'a=\0'],
    ['baggage', 'a=\ud83d'],
    ['baggage', 'a=\udd47'],
    ['b\0ggage', 'a=1'],
    ['b\ud83dggage', 'a=1'],
  ] as const) {
    const column = {};
    const [warning] = warningsOf(() => jsonbCarrier.set(column, field, value));
    assert.match(warning ?? '', /^Left out "b.*ggage": got a NUL character or half of a surrogate pair\./);
    assert.deepEqual(column, {});
  }
});

test('keeps every text that jsonb can store', () => {
  const value = 'a="\\\u0001\u2028 Zoë 🥇';
  const column: Record<string, string> = {};
  jsonbCarrier.set(column, 'baggage', value);
  assert.equal(jsonbCarrier.get(column, 'baggage'), value);
});

test('reads nothing from a column of another type', () => {
  withPropagator(w3c, () => {
    for (const column of [null, undefined, 7, TRACEPARENT, [TRACEPARENT], { traceparent: { $gt: '' } }])
      assert.equal(extractContext(column as unknown as Record<string, string>, jsonbCarrier), ROOT_CONTEXT);
  });
});
