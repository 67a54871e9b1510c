import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proxyHint } from './proxy-hint.ts';

const URL = 'http://127.0.0.1:16686/api';
const ON = { NODE_USE_ENV_PROXY: '1' };

for (const [env, variable] of [
  [{ ...ON, HTTP_PROXY: 'http://me:hunter2@proxy' }, 'HTTP_PROXY'],
  [{ ...ON, http_proxy: 'http://proxy', NO_PROXY: 'localhost,.svc' }, 'http_proxy'],
  [{ NODE_OPTIONS: '--use-env-proxy', HTTP_PROXY: 'http://proxy' }, 'HTTP_PROXY'],
] as const) {
  test(`a proxy is named with ${Object.keys(env).join(', ')}`, () => {
    assert.equal(
      proxyHint(URL, env),
      ` Node.js asked the proxy of ${variable}. To ask the store itself, add 127.0.0.1 to NO_PROXY.`,
    );
  });
}

for (const env of [
  {},
  { HTTP_PROXY: 'http://proxy' },
  { ...ON, HTTPS_PROXY: 'http://proxy' },
  { ...ON, HTTP_PROXY: 'http://proxy', NO_PROXY: 'localhost, 127.0.0.1' },
  { ...ON, HTTP_PROXY: 'http://proxy', NO_PROXY: '127.0.0.1:16686' },
  { ...ON, HTTP_PROXY: 'http://proxy', no_proxy: '*' },
]) {
  test(`no proxy is named with ${JSON.stringify(env)}`, () => assert.equal(proxyHint(URL, env), ''));
}

test('another port in NO_PROXY covers nothing', () => {
  const env = { ...ON, HTTP_PROXY: 'http://proxy', NO_PROXY: '127.0.0.1:6686' };
  assert.match(proxyHint(URL, env), /HTTP_PROXY/);
});

test('a version of Node.js without proxies names none', () => {
  assert.equal(proxyHint(URL, { ...ON, HTTP_PROXY: 'http://proxy' }, new Set()), '');
});

test('a domain in NO_PROXY covers the hosts in it', () => {
  const env = { ...ON, HTTP_PROXY: 'http://proxy', NO_PROXY: '.Example.org' };
  assert.equal(proxyHint('http://jaeger.example.org', env), '');
});
