import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { EnvironmentSetter } from '@opentelemetry/propagator-env-carrier';
import * as fc from 'fast-check';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import { exampleContext, TRACEPARENT, w3c, withPropagator } from '../testing/propagators.ts';
import { warningsOf } from '../testing/warnings.ts';
import { envNameOf } from './env-name.ts';
import { processEnvCarrier, type ProcessEnvironment } from './process-env.ts';

// https://opentelemetry.io/docs/specs/otel/context/env-carriers/#key-name-normalization
const names = [
  ['traceparent', 'TRACEPARENT'],
  ['trace-state', 'TRACE_STATE'],
  ['foo.bar', 'FOO_BAR'],
  ['MiXeD_cAsE', 'MIXED_CASE'],
  ['a_1-b_2', 'A_1_B_2'],
  ['1abc', '_1ABC'],
  ['', '_'],
  ['héllo', 'H_LLO'],
  ['straße-id', 'STRA_E_ID'],
  ['ſpan', '_PAN'],
  ['x-b3-traceid', 'X_B3_TRACEID'],
] as const;

test('names variables as the specification says', () => {
  for (const [field, name] of names) {
    const env: ProcessEnvironment = {};
    processEnvCarrier.set(env, field, 'value');
    assert.deepEqual(env, { [name]: 'value' });
    assert.equal(processEnvCarrier.get(env, field), 'value', field);
  }
});

test('names any field as the upstream carrier does', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (field) => {
      const env: Record<string, string> = {};
      new EnvironmentSetter(env).set(undefined, field, '');
      assert.deepEqual(Object.keys(env), [envNameOf(field)]);
    }),
  );
});

test('lists only names that the specification allows', () => {
  const env = {
    TRACEPARENT: '',
    _: '',
    A1: '',
    'trace-state': '',
    http_proxy: '',
    '1ABC': '',
    '': '',
    É: '',
  };
  assert.deepEqual(processEnvCarrier.keys(env), ['TRACEPARENT', '_', 'A1']);
});

test('hands values on as they are', () => {
  for (const value of ['', '  value  ', `${TRACEPARENT}\n`, 'name=Zoë', 'k=$(HOME)', 'a'.repeat(100_000)]) {
    const env: ProcessEnvironment = {};
    processEnvCarrier.set(env, 'baggage', value);
    assert.equal(processEnvCarrier.get(env, 'baggage'), value);
  }
});

test('leaves out what no process could start with', () => {
  const env: ProcessEnvironment = {};
  processEnvCarrier.set(env, 'baggage', 'a\0b');
  const room = 131_071 - 'BAGGAGE='.length;
  processEnvCarrier.set(env, 'baggage', 'a'.repeat(room + 1));
  assert.deepEqual(env, {});
  processEnvCarrier.set(env, 'baggage', 'a'.repeat(room));
  assert.equal(env.BAGGAGE?.length, room, 'the limit is inclusive');
});

test('carries context under upper-case names', () => {
  const env: ProcessEnvironment = { PATH: '/bin', BAGGAGE: 'stale=1' };
  withPropagator(w3c, () => injectContext(exampleContext(), env, processEnvCarrier));
  assert.deepEqual(env, { PATH: '/bin', TRACEPARENT });
});

test('does not read lower-case or inherited names', () => {
  withPropagator(w3c, () => {
    assert.equal(extractContext({ traceparent: TRACEPARENT }, processEnvCarrier), ROOT_CONTEXT);
    const inherited = Object.create({ TRACEPARENT }) as ProcessEnvironment;
    assert.equal(extractContext(inherited, processEnvCarrier), ROOT_CONTEXT);
  });
});

test('reads nothing from what is not an environment', () => {
  assert.equal(processEnvCarrier.get(null as unknown as ProcessEnvironment, 'traceparent'), undefined);
  assert.deepEqual(processEnvCarrier.keys(undefined as unknown as ProcessEnvironment), []);
});

test('a value that is left out is named', () => {
  const said = warningsOf(() => {
    processEnvCarrier.set({}, 'baggage', 'a\0b');
    processEnvCarrier.set({}, 'baggage', 'a'.repeat(131_072));
  });
  assert.deepEqual(said, [
    "Left out BAGGAGE: got a NUL character. A process can't start with one.",
    'Left out BAGGAGE: got 131080 bytes. Expected at most 131071.',
  ]);
});

test('removes a variable that is reported as read-only', () => {
  // Assigning undefined to a variable stores the text "undefined".
  const env = new Proxy<ProcessEnvironment>(
    { TRACEPARENT },
    {
      set: (target, name, value) => Reflect.set(target, name, String(value)),
      // Without `writable`, which is false by default.
      getOwnPropertyDescriptor: (target, name) => ({
        value: Reflect.get(target, name) as unknown,
        enumerable: true,
        configurable: true,
      }),
    },
  );
  withPropagator(w3c, () => injectContext(ROOT_CONTEXT, env, processEnvCarrier));
  assert.equal(env['TRACEPARENT'], undefined);
});
