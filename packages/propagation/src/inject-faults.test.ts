import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT, type TextMapPropagator, type TextMapSetter } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { mapCarrier } from './carriers/map.ts';
import { environmentForChild } from './environment.ts';
import { extractContext } from './extract.ts';
import { captureContext, injectContext } from './inject.ts';
import { MAX_FIELD_BYTES } from './limits.ts';
import { reportOnce } from './report-once.ts';
import { exampleContext, TRACEPARENT, w3c, withPropagator } from './testing/propagators.ts';
import { warningsOf, withFailingLogger } from './testing/warnings.ts';

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

/** Returns a propagator that writes the fields, whatever their values are. */
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
  // Not the composite propagator, which catches errors itself.
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
