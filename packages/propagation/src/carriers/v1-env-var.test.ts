import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import {
  dummyContext,
  dummyPropagator,
  dummyValue,
  exampleContext,
  TRACEPARENT,
  w3c,
  withPropagator,
} from '../testing/propagators.ts';
import { MAX_VARIABLE_BYTES } from './env-value.ts';
import { v1EnvVarCarrier, type V1EnvVarLike } from './v1-env-var.ts';

test('writes upper-case names into a list', () => {
  const env = withPropagator(w3c, () => injectContext<V1EnvVarLike[]>(exampleContext(), [], v1EnvVarCarrier));
  assert.deepEqual(env, [{ name: 'TRACEPARENT', value: TRACEPARENT }]);
});

test('replaces every variable of the same name', () => {
  const env: V1EnvVarLike[] = [
    { name: 'TRACEPARENT', value: 'stale' },
    { name: 'HOME', value: '/home/node' },
    { name: 'TRACEPARENT', valueFrom: { fieldRef: {} } },
  ];
  v1EnvVarCarrier.set(env, 'traceparent', TRACEPARENT);
  assert.deepEqual(env, [
    { name: 'HOME', value: '/home/node' },
    { name: 'TRACEPARENT', value: TRACEPARENT },
  ]);
});

test('takes stale fields out when nothing is carried', () => {
  const env = [
    { name: 'TRACESTATE', value: 'a=1' },
    { name: 'HOME', value: '/' },
  ];
  withPropagator(w3c, () => injectContext(dummyContext('x'), env, v1EnvVarCarrier));
  assert.deepEqual(env, [{ name: 'HOME', value: '/' }]);
});

test('escapes every dollar sign against expansion', () => {
  const env: V1EnvVarLike[] = [];
  v1EnvVarCarrier.set(env, 'tracestate', 'k=$(MONGO_PASSWORD)$');
  assert.equal(env[0]?.value, 'k=$$(MONGO_PASSWORD)$$');
  assert.equal(v1EnvVarCarrier.get(env, 'tracestate'), 'k=$(MONGO_PASSWORD)$');
});

test('reads the last duplicate as the kubelet does', () => {
  const env = [
    { name: 'BAGGAGE', value: 'a=1' },
    { name: 'BAGGAGE', value: 'a=2' },
  ];
  assert.equal(v1EnvVarCarrier.get(env, 'baggage'), 'a=2');
});

test('does not read a value with a reference', () => {
  assert.equal(readBaggage('a=$(SECRET)'), undefined);
  assert.equal(readBaggage('a=$$$(SECRET)'), undefined);
  assert.equal(readBaggage('a=$$(SECRET)'), 'a=$(SECRET)');
  assert.equal(readBaggage('a=$b$$'), 'a=$b$');
});

test('reads nothing from what is not a list', () => {
  for (const env of [
    null,
    undefined,
    'TRACEPARENT',
    3,
    {},
    [null, 7, { name: 3 }, { name: 'TRACEPARENT' }],
  ]) {
    const list = env as V1EnvVarLike[];
    assert.equal(v1EnvVarCarrier.get(list, 'traceparent'), undefined);
    assert.doesNotThrow(() => v1EnvVarCarrier.keys(list));
  }
});

test('lists the names that it holds', () => {
  const names = ['TRACEPARENT', 'HOME', 'http_proxy', 'X-B3-TRACEID', '1ABC', ''];
  assert.deepEqual(v1EnvVarCarrier.keys(names.map((name) => ({ name }))), ['TRACEPARENT', 'HOME']);
  assert.deepEqual(v1EnvVarCarrier.keys({} as V1EnvVarLike[]), []);
});

test("leaves out values that a container can't have", () => {
  const env: V1EnvVarLike[] = [];
  v1EnvVarCarrier.set(env, 'baggage', 'a'.repeat(131_072));
  v1EnvVarCarrier.set(env, 'baggage', 'a=1;\0');
  v1EnvVarCarrier.set(env, 'baggage', '€'.repeat(44_000));
  assert.deepEqual(env, []);
  v1EnvVarCarrier.set(env, 'baggage', 'a'.repeat(131_071 - 'BAGGAGE='.length));
  assert.equal(env.length, 1);
});

test('carries whatever the propagator needs in a list', () => {
  withPropagator(dummyPropagator, () => {
    const env = injectContext<V1EnvVarLike[]>(dummyContext('hello'), [], v1EnvVarCarrier);
    assert.deepEqual(env, [{ name: '_1_DUMMY_FIELD', value: 'hello' }]);
    assert.equal(dummyValue(extractContext(env, v1EnvVarCarrier)), 'hello');
  });
});

function readBaggage(value: string) {
  return v1EnvVarCarrier.get([{ name: 'BAGGAGE', value }], 'baggage');
}

test('a dollar that begins no reference stands for itself', () => {
  assert.equal(readBaggage('a=$(b'), 'a=$(b');
  assert.equal(readBaggage('a=)$(b'), 'a=)$(b');
});

test('a value that escaping cannot have made is not read', () => {
  const longest = '$$'.repeat(MAX_VARIABLE_BYTES);
  assert.equal(readBaggage(longest)?.length, MAX_VARIABLE_BYTES);
  assert.equal(readBaggage(`${longest}$`), undefined);
});

test('entries that are none are left alone', () => {
  const env = [null, undefined, { name: 'BAGGAGE' }, { name: ['BAGGAGE'] }] as unknown as V1EnvVarLike[];
  assert.deepEqual(v1EnvVarCarrier.keys(env), ['BAGGAGE']);
  v1EnvVarCarrier.clear(env, 'baggage');
  assert.deepEqual(env, [null, undefined, { name: ['BAGGAGE'] }]);
  assert.equal(v1EnvVarCarrier.get(env, 'baggage'), undefined);
});
