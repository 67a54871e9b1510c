import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INVALID_SPAN_CONTEXT, trace } from '@opentelemetry/api';
import { traceIdOf } from './trace-id.ts';

const VALID = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 0 };

test('a span without telemetry has no trace id', () => {
  assert.equal(traceIdOf(undefined), undefined);
  assert.equal(traceIdOf(trace.wrapSpanContext(INVALID_SPAN_CONTEXT)), undefined);
  assert.equal(traceIdOf(trace.getTracer('none').startSpan('work')), undefined);
});

test('a span that is not sampled has one', () => {
  assert.equal(traceIdOf(trace.wrapSpanContext(VALID)), VALID.traceId);
});
