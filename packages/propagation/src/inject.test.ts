import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  trace,
  type TextMapPropagator,
  type TextMapSetter,
} from '@opentelemetry/api';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import {
  CompositePropagator,
  TraceState,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import { JaegerPropagator } from '@opentelemetry/propagator-jaeger';
import { mapCarrier } from './carriers/map.ts';
import { environmentForChild } from './environment.ts';
import { extractContext } from './extract.ts';
import { captureContext, injectContext, injectCurrentContext } from './inject.ts';
import { MAX_FIELD_BYTES } from './limits.ts';
import { reportOnce } from './report-once.ts';
import { StrictTraceContextPropagator } from './strict/propagator.ts';
import {
  exampleContext,
  SPAN_ID,
  TRACEPARENT,
  TRACE_ID,
  w3c,
  withPropagator,
} from './testing/propagators.ts';
import { warningsOf, withFailingLogger } from './testing/warnings.ts';

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
  const setter = {
    set: (into: string[], field: string, value: string) => void into.push(`${field}: ${value}`),
  };
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
  const setter = {
    set: (into: string[], field: string, value: string) => void into.push(`${field}: ${value}`),
  };
  withPropagator(w3c, () => injectContext(exampleContext(), lines, setter));
  assert.deepEqual(lines, [`traceparent: ${TRACEPARENT}`]);
});

const writing = (text: string): TextMapPropagator => ({
  inject: (_source, carrier, setter) => setter.set(carrier, 'field', text),
  extract: (base) => base,
  fields: () => ['field'],
});

test('values that no reader takes are left out', () => {
  for (const text of ['', 'a=1\r\nset-cookie: b', 'a=\0', 'a\n', 'x'.repeat(MAX_FIELD_BYTES + 1)])
    withPropagator(writing(text), () => assert.equal(captureContext(ROOT_CONTEXT), undefined));
  const longest = 'x'.repeat(MAX_FIELD_BYTES);
  withPropagator(writing(longest), () => assert.deepEqual(captureContext(), { field: longest }));
});

/** Writes fields one after the other, whatever their values are. */
const writingAll = (fields: Record<string, unknown>): TextMapPropagator => ({
  ...writing('x'),
  inject(_source, carrier, setter) {
    for (const [field, value] of Object.entries(fields)) setter.set(carrier, field, value as string);
  },
});

const fail = (): never => {
  throw new Error('broken');
};

test('work goes on without context when something throws', () => {
  const said = warningsOf(() => {
    for (const broken of [
      { ...writing('x'), inject: fail },
      { ...writing('x'), fields: fail },
    ])
      withPropagator(broken, () => {
        const carrier = { field: 'stale' };
        assert.equal(injectContext(exampleContext(), carrier), carrier);
        assert.doesNotThrow(() => [captureContext(exampleContext()), environmentForChild({ PATH: '/bin' })]);
      });
  });
  assert.deepEqual(
    said.map((text) => text.split(';')[0]),
    ['Failed to inject context', 'Failed to remove an earlier context'],
  );
  withPropagator(w3c, () => {
    for (const carrier of [Object.freeze({ traceparent: 'stale' }), null, 'text'])
      assert.equal(injectContext(exampleContext(), carrier as object), carrier);
  });
});

test('what fails for every message is reported once', () => {
  const said = warningsOf(() => {
    for (const why of ['first', 'second']) reportOnce('Failed to do a thing;', new Error(why));
  });
  assert.deepEqual(said, ['Failed to do a thing; Later failures of this kind are not reported.']);
});

test('gives back the base when a getter throws', () => {
  const broken = {
    get: () => {
      throw new Error('unreadable');
    },
    keys: () => [],
  };
  // Not the composite one, which catches by itself.
  withPropagator(new W3CTraceContextPropagator(), () => {
    assert.equal(extractContext({}, broken), ROOT_CONTEXT);
    const base = exampleContext();
    assert.equal(extractContext({}, broken, base), base);
  });
});

test('only the value that is not text is left out', () => {
  const said = warningsOf(() =>
    withPropagator(writingAll({ number: 7, none: null, missing: undefined, field: 'x' }), () =>
      assert.deepEqual(captureContext(ROOT_CONTEXT), { field: 'x' }),
    ),
  );
  assert.deepEqual(said, [
    'Left out number: got number. Expected text.',
    'Left out none: got null. Expected text.',
    'Left out missing: got undefined. Expected text.',
  ]);
});

test('a value that is left out is named with its fault', () => {
  const said = warningsOf(() => {
    for (const text of ['', 'a=\0', 'x'.repeat(MAX_FIELD_BYTES + 1), `a=${'\n'.repeat(MAX_FIELD_BYTES - 2)}`])
      withPropagator(writing(text), () => captureContext(ROOT_CONTEXT));
  });
  const control = 'Left out field: got a line break or another control character.';
  assert.deepEqual(said, [
    control,
    `Left out field: got ${MAX_FIELD_BYTES + 1} characters. Expected at most ${MAX_FIELD_BYTES}.`,
    control,
  ]);
});

test('a carrier is left alone without an SDK', () => {
  const carrier = { traceparent: 'mine' };
  assert.deepEqual(
    warningsOf(() => injectContext(exampleContext(), carrier)),
    [],
  );
  assert.deepEqual(carrier, { traceparent: 'mine' });
});

test('a propagator that cannot name its fields still writes', () => {
  for (const fields of [fail, () => undefined as never])
    withPropagator({ ...writing('x'), fields }, () =>
      assert.deepEqual(injectContext(exampleContext(), { field: 'stale' }), { field: 'x' }),
    );
});

test('a field that cannot be deleted is emptied', () => {
  const carrier = Object.seal({ traceparent: 'stale', tracestate: 'stale=1' });
  withPropagator(w3c, () => injectContext(exampleContext(), carrier));
  assert.deepEqual(carrier, { traceparent: TRACEPARENT, tracestate: undefined });
});

test('a logger that throws stops nothing', () => {
  withFailingLogger(() => {
    reportOnce('Failed to do another thing;', new Error('why'));
    withPropagator(writingAll({ first: '\nx', 'a\nb': 'x', größe: 'x', last: 'x' }), () =>
      assert.deepEqual(injectContext(exampleContext(), {}, mapCarrier), { last: 'x' }),
    );
  });
});

test('a name with a control character is left out', () => {
  const propagator = {
    ...writing('x'),
    inject: (_: unknown, carrier: unknown, setter: TextMapSetter) => {
      for (const name of ['a\0b', 'a\nb', 'good']) setter.set(carrier, name, 'x');
    },
  };
  const said = warningsOf(() =>
    withPropagator(propagator, () => assert.deepEqual(captureContext(exampleContext()), { good: 'x' })),
  );
  assert.equal(said.length, 2);
});
