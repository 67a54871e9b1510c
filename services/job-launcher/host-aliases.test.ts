import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveHostAliases } from './host-aliases.ts';

const ADDRESSES: Record<string, string> = { mongo: '10.0.0.2', jaeger: '10.0.0.3', otel: '10.0.0.3' };

test('names of one address share an entry', async () => {
  const aliases = await resolveHostAliases(
    ['mongo', 'jaeger', 'otel'],
    [],
    async (name) => ADDRESSES[name] ?? '',
  );
  assert.deepEqual(aliases, [
    { ip: '10.0.0.2', hostnames: ['mongo'] },
    { ip: '10.0.0.3', hostnames: ['jaeger', 'otel'] },
  ]);
});

test('no names, no aliases', async () => {
  assert.deepEqual(await resolveHostAliases([]), []);
});

test('name that does not resolve is an answer that names it', async () => {
  await assert.rejects(
    resolveHostAliases(['mongo'], ['jaeger'], () => Promise.reject(new Error('ENOTFOUND'))),
    { status: 503, message: /mongo of JOB_HOST_ALIASES/ },
  );
});

test('a collector that does not resolve is left out', async () => {
  const aliases = await resolveHostAliases(['mongo', 'jaeger'], ['jaeger'], async (name) => {
    if (name === 'jaeger') throw new Error('ENOTFOUND');
    return '10.0.0.2';
  });
  assert.deepEqual(aliases, [{ ip: '10.0.0.2', hostnames: ['mongo'] }]);
});
