import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '@beyond-headers/service-kit';
import { accessOf, writerConfig } from './config.ts';

const MONGODB_URI = 'mongodb://127.0.0.1:27017';
const accessWith = (env: NodeJS.ProcessEnv) => accessOf(readConfig(writerConfig, { MONGODB_URI, ...env }));

test('without variables there is no limit and no trusted proxy', () => {
  assert.deepEqual(accessWith({}), { allowedHosts: [], rateLimit: undefined, trustedProxies: 0 });
});

test('variables say whom the writer lets in', () => {
  assert.deepEqual(
    accessWith({ ALLOWED_HOSTS: 'orders.example.org', RATE_LIMIT: '600', TRUSTED_PROXIES: '1' }),
    {
      allowedHosts: ['orders.example.org'],
      rateLimit: { limit: 600, windowMs: 60_000 },
      trustedProxies: 1,
    },
  );
});

for (const [name, value] of [
  ['RATE_LIMIT', '0'],
  ['RATE_LIMIT', 'off'],
  ['RATE_LIMIT_WINDOW_MS', '0'],
  ['TRUSTED_PROXIES', 'true'],
  ['TRUSTED_PROXIES', '-1'],
] as const) {
  test(`${name}=${value} is refused by name and value`, () => {
    assert.throws(() => accessWith({ [name]: value }), new RegExp(`${name}: got "${value}"`));
  });
}
