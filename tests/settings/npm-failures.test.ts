import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { delimiter, dirname } from 'node:path';
import { test, type TestContext } from 'node:test';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';
import { chosen } from './support/choice.ts';
import { smallProject } from './support/small-project.ts';

const QUICKLY = { npm_config_fetch_retries: '0' };
const answer =
  (status: number, body: object): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const OTHER_VERSION = { name: 'needed', versions: { '2.0.0': { name: 'needed', version: '2.0.0' } } };

/** What a registry returns, or an environment without a registry, and the message that the user gets. */
const FAILURES: {
  what: string;
  registry?: RequestListener;
  /** Returns the address that npm gets. Default: the registry's own. */
  toUrl?: (url: string) => string;
  env?: Record<string, string>;
  says: RegExp;
}[] = [
  {
    what: 'a registry without the package',
    registry: answer(404, {}),
    says: /E404: .*does not have a package/,
  },
  { what: 'a registry that asks who you are', registry: answer(401, {}), says: /E401: .*`npm login`/ },
  { what: 'a registry that forbids', registry: answer(403, {}), says: /E403: .*`npm login`/ },
  {
    what: 'a registry that is overloaded',
    registry: answer(429, {}),
    says: /E429: .*overloaded.*Wait a few minutes/,
  },
  { what: 'a registry that fails', registry: answer(503, {}), says: /E503: .*Wait a few minutes/ },
  {
    what: 'a login page in place of the registry',
    registry: (_request, response) => response.end('<html>Log in</html>'),
    says: /FETCH_ERROR: .*not a package registry.*login page/,
  },
  {
    what: 'a registry that is silent',
    registry: () => {},
    env: { npm_config_fetch_timeout: '500' },
    says: /ETIMEDOUT: .*does not answer/,
  },
  {
    what: 'a registry without TLS',
    registry: answer(200, {}),
    toUrl: (url) => url.replace('http:', 'https:'),
    says: /(ERR_SSL_WRONG_VERSION_NUMBER|EPROTO): .*does not use TLS/,
  },
  {
    what: 'a registry that is not a URL',
    env: { npm_config_registry: 'registry' },
    says: /ERR_INVALID_URL: .*malformed/,
  },
  {
    what: 'a proxy that is not a URL',
    env: { npm_config_registry: 'http://nowhere.invalid/', HTTP_PROXY: 'proxy' },
    says: /ERR_INVALID_URL: .*malformed.* through the proxy of HTTP_PROXY\./,
  },
  {
    what: 'a proxy that asks who you are',
    registry: answer(407, {}),
    says: /E407: The proxy wants to know who you are\..*user:password@/,
  },
  {
    what: 'a registry without the version',
    registry: answer(200, OTHER_VERSION),
    says: /ETARGET: .*does not offer a locked version/,
  },
  {
    what: 'a registry that does not answer',
    env: { npm_config_registry: 'http://127.0.0.1:9/' },
    says: /ECONNREFUSED: .*does not answer\. Check the network and `npm config get registry`\. Then/,
  },
  {
    what: 'a proxy that does not answer',
    env: { npm_config_registry: 'http://nowhere.invalid/', HTTP_PROXY: 'http://127.0.0.1:9' },
    says: /ECONNREFUSED: .*It is asked through the proxy of HTTP_PROXY\./,
  },
  {
    what: 'a host that has no address',
    env: { npm_config_registry: 'http://nowhere.invalid/' },
    says: /(ENOTFOUND|EAI_AGAIN): .*does not answer/,
  },
  {
    what: 'npm set to stay offline',
    env: { npm_config_registry: 'http://nowhere.invalid/', npm_config_offline: 'true' },
    says: /ENOTCACHED: .*`npm config get offline`/,
  },
  {
    what: 'a cache that is a file',
    env: { npm_config_cache: '/dev/null/npm' },
    says: /(ENOTDIR|EEXIST|EACCES)/,
  },
  {
    what: 'no npm on PATH',
    env: { PATH: dirname(process.execPath) + delimiter + '/no/such' },
    says: /failed to start npm: spawn npm ENOENT\. Install npm/,
  },
];

for (const { what, registry, toUrl = String, env, says } of chosen(
  FAILURES.map((row) => ({ ...row, kind: 'npm' as const })),
)) {
  test(`the set-up says what to do about ${what}`, async (t) => {
    const project = smallProject({ needed: '1.0.0' });
    t.after(() => project.remove());
    const reach: Record<string, string> = registry
      ? { npm_config_registry: toUrl(await serve(t, registry)) }
      : {};
    const { status, stdout, stderr } = await project.setUp({ ...QUICKLY, ...reach, ...env });
    assert.deepEqual({ status, stdout }, { status: 1, stdout: '' }, stderr);
    assert.match(stderr, says);
    assert.doesNotMatch(stderr, /\n {4}at /, 'a stack');
  });
}

test('a network that does not answer is named while npm still tries', async (t) => {
  const project = smallProject({ needed: '1.0.0' });
  t.after(() => project.remove());
  const { status, stderr } = await project.setUp({
    npm_config_fetch_retries: '1',
    npm_config_fetch_retry_mintimeout: '15000',
    npm_config_registry: 'http://127.0.0.1:9/',
  });
  assert.equal(status, 1);
  const notice = stderr.indexOf('setup: the package registry does not answer. npm tries again');
  assert.ok(notice >= 0 && notice < stderr.indexOf('failed to install'), stderr);
});

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = await listen(listener);
  t.after(() => cutServer(server));
  return `${urlOf(server)}/`;
}
