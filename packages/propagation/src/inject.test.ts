import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import {
  CompositePropagator,
  TraceState,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import { JaegerPropagator } from '@opentelemetry/propagator-jaeger';
import { extractContext } from './extract.ts';
import { captureContext, injectContext, injectCurrentContext } from './inject.ts';
import { StrictTraceContextPropagator } from './strict/propagator.ts';
import {
  exampleContext,
  SPAN_ID,
  TRACEPARENT,
  TRACE_ID,
  w3c,
  withPropagator,
} from './testing/propagators.ts';

/** A setter for lines, such as those of a mail. It can't clear. */
const setter = {
  set: (lines: string[], field: string, value: string) => void lines.push(`${field}: ${value}`),
};

test('captures nothing when there is nothing to carry', () => {
  assert.equal(
    withPropagator(w3c, () => captureContext()),
    undefined,
  );
  assert.equal(captureContext(exampleContext()), undefined, 'without an SDK no propagator is set');
});

test('captures the current context as a document', () => {
  withPropagator(w3c, () =>
    context.with(exampleContext(), () => {
      assert.deepEqual(captureContext(), { traceparent: TRACEPARENT });
      assert.deepEqual(injectCurrentContext({}), { traceparent: TRACEPARENT });
    }),
  );
});

test('carries a context that is not sampled', () => {
  const document = withPropagator(w3c, () => captureContext(exampleContext(0)));
  assert.deepEqual(document, { traceparent: TRACEPARENT.replace(/01$/, '00') });
});

test('masks flags that would make an invalid header', () => {
  for (const [flags, written] of [
    [0xff, '03'],
    [0xf0, '00'],
    [0x1f, '03'],
  ] as const) {
    const document = withPropagator(w3c, () => captureContext(exampleContext(flags)));
    assert.deepEqual(document, { traceparent: TRACEPARENT.replace(/01$/, written) });
  }
});

test('masks flags in the fields of any propagators', () => {
  const baggage = new W3CBaggagePropagator();
  const jaeger = new JaegerPropagator();
  const strict = new StrictTraceContextPropagator();
  const source = propagation.setBaggage(
    exampleContext(0xff),
    propagation.createBaggage({ tenant: { value: 'acme' } }),
  );
  for (const propagators of [
    [baggage, new W3CTraceContextPropagator()],
    [jaeger, strict],
    [strict, baggage, jaeger],
  ])
    withPropagator(new CompositePropagator({ propagators }), () =>
      assert.deepEqual(captureContext(source), captureContext(exampleContext(0x03, source))),
    );
});

test('each field is written once, whatever the flags are', () => {
  const traceState = new TraceState('a=1');
  const spanContext = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: 0xff, traceState };
  const lines: string[] = [];
  withPropagator(new StrictTraceContextPropagator(), () =>
    injectContext(trace.setSpanContext(ROOT_CONTEXT, spanContext), lines, setter),
  );
  assert.deepEqual(lines, [`traceparent: ${TRACEPARENT.replace(/01$/, '03')}`, 'tracestate: a=1']);
});

test('clears the fields of the propagator that is set', () => {
  const b3 = new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER });
  withPropagator(b3, () => {
    const document: Record<string, string> = {
      'x-b3-flags': '1',
      'x-b3-parentspanid': 'stale',
      traceparent: 'kept',
    };
    injectContext(exampleContext(), document);
    assert.deepEqual(document, {
      traceparent: 'kept',
      'x-b3-traceid': TRACE_ID,
      'x-b3-spanid': SPAN_ID,
      'x-b3-sampled': '1',
    });
    assert.equal(trace.getSpanContext(extractContext(document))?.spanId, SPAN_ID);
  });
});

test('works with a setter that cannot clear', () => {
  const lines: string[] = [];
  withPropagator(w3c, () => injectContext(exampleContext(), lines, setter));
  assert.deepEqual(lines, [`traceparent: ${TRACEPARENT}`]);
});
