import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { serve } from '../../testing/http.ts';
import { AnswerError, get, type Access } from './http.ts';

const getText = async (url: string, access: Access) => text(await get(url, access));

test('a server that falls silent is not asked again', async (t) => {
  const url = await serve(t, (request, response) => {
    if (request.url === '/half') response.write('{"trace":');
  });
  for (const path of ['/half', '/none'])
    await assert.rejects(getText(`${url}${path}`, { headers: {}, timeoutMs: 50 }), (error: Error) => {
      assert.match(error.message, /^Failed to read http.+: no answer within 0\.05 s\. Expected a server/);
      return !(error instanceof AnswerError);
    });
});

test('a refusal that is cut off keeps its address', async (t) => {
  const url = await serve(t, (_request, response) => {
    response.writeHead(500, { 'content-length': 900 });
    response.write('x', () => response.destroy());
  });
  await assert.rejects(get(url, { headers: {} }), (error: Error) => {
    assert.match(error.message, /^Failed to read http.+: the answer ended too early/);
    return error instanceof AnswerError && error.status === 500;
  });
});

test('a redirect is said without what may be a token', async (t) => {
  const url = await serve(t, (_request, response) =>
    response.writeHead(302, { location: '/login?state=s3cret' }).end(),
  );
  const error = await getText(`${url}/api`, { headers: {} }).catch(String);
  assert.ok(error.includes(`got 302, a redirect to ${url}/login, with "". Expected 200.`), error);
});

test('a proxy that does not answer is named', async (t) => {
  Object.assign(process.env, { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://me:hunter2@proxy' });
  t.after(() => {
    delete process.env['NODE_USE_ENV_PROXY'];
    delete process.env['HTTP_PROXY'];
  });
  const error = await getText('http://127.0.0.1:1', { headers: {} }).catch(String);
  assert.match(
    error,
    /answers there\. Node\.js asked the proxy of HTTP_PROXY\. .*127\.0\.0\.1 to NO_PROXY\.$/,
  );
});
