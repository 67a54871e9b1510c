import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractContext, injectContext, StrictTraceContextPropagator } from '@beyond-headers/propagation';
import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { headCarrier } from './head-carrier.ts';

propagation.setGlobalPropagator(new StrictTraceContextPropagator());
const span = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
const current = trace.setSpanContext(ROOT_CONTEXT, span);

test('what was set comes back', () => {
  const head = injectContext(current, ['to: ada'], headCarrier);
  assert.equal(trace.getSpanContext(extractContext(head, headCarrier))?.spanId, span.spanId);
});

test('setting twice replaces', () => {
  const head = ['traceparent: 00-stale', 'to: ada', 'traceparent: 00-stale'];
  assert.equal(injectContext(current, head, headCarrier).length, 2);
});

test('a value of several lines stays out', () => {
  const head: string[] = [];
  headCarrier.set(head, 'tracestate', 'a=1\nfrom: somebody else');
  assert.deepEqual(head, []);
});

test('anything else gives no context', () => {
  for (const head of [undefined, null, 7, 'text', {}, [7], ['traceparent'], ['traceparent: never']]) {
    assert.equal(extractContext(head as string[], headCarrier), ROOT_CONTEXT);
  }
});
