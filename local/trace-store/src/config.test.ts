import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '@beyond-headers/service-kit/config';
import { traceStoreConfig } from './config.ts';

const read = (env: NodeJS.ProcessEnv) => readConfig(traceStoreConfig, env);

test('without variables the usual ports are taken on loopback', () => {
  const { OTLP_HTTP_PORT, TRACES_PORT, TRACE_STORE_HOST } = read({});
  assert.deepEqual([OTLP_HTTP_PORT, TRACES_PORT, TRACE_STORE_HOST], [4318, 16686, '127.0.0.1']);
});

test('blank variables are not set', () => {
  assert.deepEqual(read({ TRACES_PORT: ' ', TRACE_STORE_HOST: '' }), read({}));
});

test('variables are read as numbers', () => {
  const { TRACES_PORT, TRACE_STORE_MAX_SPANS } = read({ TRACES_PORT: '0', TRACE_STORE_MAX_SPANS: '5' });
  assert.deepEqual([TRACES_PORT, TRACE_STORE_MAX_SPANS], [0, 5]);
});

for (const [name, value] of [
  ['TRACES_PORT', '70000'],
  ['OTLP_HTTP_PORT', '-1'],
  ['OTLP_HTTP_PORT', 'http'],
  ['TRACE_STORE_MAX_TRACES', '0'],
  ['TRACE_STORE_MAX_SPANS', '1.5'],
] as const) {
  test(`${name}=${value} is refused by name and value`, () => {
    assert.throws(() => read({ [name]: value }), new RegExp(`${name}: got "${value.replace('.', '\\.')}"`));
  });
}
