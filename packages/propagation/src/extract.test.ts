import assert from 'node:assert/strict';
import { test } from 'node:test';
import { propagation, ROOT_CONTEXT, trace, type TextMapPropagator } from '@opentelemetry/api';
import type { ContextGetter } from './carrier.ts';
import { processEnvCarrier } from './carriers/process-env.ts';
import type { FieldValues } from './checked-carrier.ts';
import { extractFromEnvironment } from './environment.ts';
import { extractContext } from './extract.ts';
import { MAX_FIELD_BYTES } from './limits.ts';
import { TRACE_ID, TRACEPARENT, w3c, withPropagator } from './testing/propagators.ts';
import { warningsOf } from './testing/warnings.ts';

/** Returns what a propagator sees of a single value, or of what a getter returns. */
function seen(
  value: unknown,
  values?: FieldValues,
  field = 'field',
  getter?: ContextGetter<object>,
): unknown {
  let got: unknown;
  const looking: TextMapPropagator = {
    inject() {},
    extract: (base, carrier, checked) => ((got = checked.get(carrier, field)), base),
    fields: () => [field],
  };
  withPropagator(looking, () => extractContext({ [field]: value }, getter, ROOT_CONTEXT, values));
  return got;
}

test('propagators get only clean, short text', () => {
  assert.equal(seen('\t a b \t'), 'a b');
  assert.equal(seen('name=Zoë'), 'name=Zoë');
  assert.equal(seen('x'.repeat(MAX_FIELD_BYTES))?.toString().length, MAX_FIELD_BYTES);
  for (const value of [
    `${TRACEPARENT}\n`,
    `\u00a0${TRACEPARENT}`,
    'a=1\n,b=2',
    'a=1\0',
    'a=\u007f',
    'a=\u0085b',
    ' a\0b',
    '\x7fa',
    'a\x7f',
    'a\x00',
    'x'.repeat(MAX_FIELD_BYTES + 1),
  ])
    assert.equal(seen(value), undefined, JSON.stringify(value));
});

test('only a traceparent of one size is never a list', () => {
  const list = 'a=1\n,b=2'.padEnd(TRACEPARENT.length, 'b');
  assert.equal(seen(list, 'checked', 'tracestate'), undefined);
  assert.equal(seen(`${list}b`, 'checked', 'traceparent'), undefined);
});

test('the ends of a traceparent are checked', () => {
  const inner = TRACEPARENT.slice(1);
  for (const [end, expected] of [
    [' ', inner],
    ['\t', inner],
    ['\n', undefined],
    ['\x7f', undefined],
  ] as const)
    for (const value of [end + inner, inner + end])
      assert.equal(seen(value, 'checked', 'traceparent'), expected, JSON.stringify(value));
});

test('propagators see values as they are when asked so', () => {
  for (const value of [`${TRACEPARENT}\n`, '  a  ', 'a=1\0', '']) assert.equal(seen(value, 'opaque'), value);
  const env = { TRACEPARENT: `${TRACEPARENT}\n`, BAGGAGE: 'name=Zoë' };
  withPropagator(w3c, () => {
    assert.equal(trace.getSpanContext(extractFromEnvironment(env)), undefined);
    const context = extractFromEnvironment(env, 'opaque');
    assert.equal(trace.getSpanContext(context)?.traceId, TRACE_ID);
    assert.equal(propagation.getBaggage(context)?.getEntry('name')?.value, 'Zoë');
  });
});

test('a propagator that throws gives back the base', () => {
  const throwing: TextMapPropagator = {
    inject() {},
    extract() {
      throw new Error('broken propagator');
    },
    fields: () => ['traceparent'],
  };
  const base = ROOT_CONTEXT.setValue(Symbol('of the base'), true);
  const said = warningsOf(() =>
    withPropagator(throwing, () => {
      assert.equal(extractContext({ traceparent: TRACEPARENT }, undefined, base), base);
      assert.equal(extractContext({ TRACEPARENT }, processEnvCarrier, base), base);
    }),
  );
  assert.match(said.join('\n'), /^Failed to extract context; the work continues without it\. .*$/);
});

test('a carrier that throws gives back the base', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = {
    get traceparent(): string {
      throw new Error('not loaded');
    },
  };
  withPropagator(w3c, () => {
    for (const carrier of [proxy, throwing]) assert.equal(extractContext(carrier), ROOT_CONTEXT);
  });
});

const seenOf = (list: string[]) => seen('', 'checked', 'field', { get: () => list, keys: () => [] });

test('of several values each one is checked', () => {
  assert.deepEqual(seenOf([' a', 'b=1']), ['a', 'b=1']);
  assert.equal(seenOf(['a', 'b=\n']), undefined);
});

test('a tracestate may be as long as W3C allows', () => {
  assert.equal(MAX_FIELD_BYTES, 32 * (256 + 1 + 256) + 31);
});

test('a propagator that returns no context changes nothing', () => {
  // An unhandled rejection ends the process, and so fails the test.
  const nothings = [
    () => undefined,
    () => null,
    async () => ROOT_CONTEXT,
    async () => Promise.reject(new Error('too late')),
    () => 'text',
  ];
  for (const nothing of nothings)
    withPropagator({ inject() {}, extract: nothing as never, fields: () => ['field'] }, () =>
      assert.equal(extractContext({ field: 'x' }), ROOT_CONTEXT),
    );
});
