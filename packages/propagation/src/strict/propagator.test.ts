import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import { exampleContext, TRACEPARENT, TRACE_ID, withPropagator } from '../testing/propagators.ts';
import { withTracing } from '../testing/tracing.ts';
import { StrictTraceContextPropagator } from './propagator.ts';
import { StrictTraceState } from './trace-state.ts';

const strict = new StrictTraceContextPropagator();

function stateOf(context: Context) {
  return trace.getSpanContext(context)?.traceState?.serialize();
}

test('a round trip keeps flags and state', () => {
  withPropagator(strict, () => {
    const document = { traceparent: TRACEPARENT, tracestate: 'a=1,b@c=2' };
    assert.deepEqual(injectContext(extractContext(document), {}), document);
  });
});

test('keeps a state that upstream would shorten', () => {
  const tracestate = `${'z'.repeat(256)}=${'v'.repeat(256)},b=2`;
  withPropagator(strict, () =>
    assert.equal(stateOf(extractContext({ traceparent: TRACEPARENT, tracestate })), tracestate),
  );
});

test('carries the random flag past an SDK span', async () => {
  await withTracing(
    ({ tracer }) => {
      const carried = extractContext({ traceparent: TRACEPARENT.replace(/01$/, '02') });
      const own = (options: object) => trace.setSpan(carried, tracer.startSpan('own', options, carried));
      assert.match(
        injectContext(own({}), { traceparent: '' }).traceparent,
        new RegExp(`^00-${TRACE_ID}-.*-03$`),
      );
      assert.match(
        injectContext(own({ root: true }), { traceparent: '' }).traceparent,
        /-01$/,
        'another trace',
      );
    },
    { propagator: strict },
  );
});

test('a getter may give arrays', () => {
  const getter = { get: (carrier: Record<string, string[]>, key: string) => carrier[key], keys: () => [] };
  const two = [TRACEPARENT, TRACEPARENT];
  assert.equal(strict.extract(ROOT_CONTEXT, { traceparent: two }, getter), ROOT_CONTEXT);
  const carrier = { traceparent: [TRACEPARENT], tracestate: ['a=1', '', 'b=2'] };
  assert.equal(stateOf(strict.extract(ROOT_CONTEXT, carrier, getter)), 'a=1,b=2');
});

test('writes nothing when tracing is suppressed or invalid', () => {
  const invalid = trace.setSpanContext(ROOT_CONTEXT, { traceId: '', spanId: '', traceFlags: 1 });
  withPropagator(strict, () => {
    for (const source of [suppressTracing(exampleContext()), invalid, ROOT_CONTEXT])
      assert.deepEqual(injectContext(source, {}), {});
  });
  assert.deepEqual(strict.fields(), ['traceparent', 'tracestate']);
});

test('a setter gets no state that is empty', () => {
  for (const state of [{}, { traceState: new StrictTraceState() }]) {
    const spanContext = trace.getSpanContext(exampleContext()) ?? assert.fail();
    const written: string[] = [];
    const source = trace.setSpanContext(ROOT_CONTEXT, { ...spanContext, ...state });
    strict.inject(source, undefined, { set: (_carrier, field) => void written.push(field) });
    assert.deepEqual(written, ['traceparent']);
  }
});
