import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import { exampleContext, TRACEPARENT, w3c, withPropagator } from '../testing/propagators.ts';
import { envNameOf } from './env-name.ts';
import { processEnvCarrier, type ProcessEnvironment } from './process-env.ts';

test('normalises names as the specification says', () => {
  const names = ['traceparent', 'x-b3-traceid', '1abc', 'Mixed.Case', 'b3'].map(envNameOf);
  assert.deepEqual(names, ['TRACEPARENT', 'X_B3_TRACEID', '_1ABC', 'MIXED_CASE', 'B3']);
});

test('carries context under upper-case names', () => {
  const env: ProcessEnvironment = { PATH: '/bin', BAGGAGE: 'stale=1' };
  withPropagator(w3c, () => injectContext(exampleContext(), env, processEnvCarrier));
  assert.deepEqual(env, { PATH: '/bin', TRACEPARENT });
  assert.deepEqual(processEnvCarrier.keys(env), ['PATH', 'TRACEPARENT']);
});

test('does not read lower-case or inherited names', () => {
  withPropagator(w3c, () => {
    assert.equal(extractContext({ traceparent: TRACEPARENT }, processEnvCarrier), ROOT_CONTEXT);
    const inherited = Object.create({ TRACEPARENT }) as ProcessEnvironment;
    assert.equal(extractContext(inherited, processEnvCarrier), ROOT_CONTEXT);
  });
});

test('writes a dollar as it is', () => {
  const env: ProcessEnvironment = {};
  processEnvCarrier.set(env, 'tracestate', 'k=$(HOME)');
  processEnvCarrier.set(env, 'baggage', 'a\0b');
  assert.deepEqual(env, { TRACESTATE: 'k=$(HOME)' });
});

test('reads nothing from what is no environment', () => {
  assert.equal(processEnvCarrier.get(null as unknown as ProcessEnvironment, 'traceparent'), undefined);
  assert.deepEqual(processEnvCarrier.keys(undefined as unknown as ProcessEnvironment), []);
});
