import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { test } from 'node:test';
import { serve } from '../testing/serve.ts';
import { getJson, UpstreamError } from './http.ts';

const BAD_ANSWERS: Record<string, RequestListener> = {
  'another page': (_request, response) => response.end('<!doctype html>'),
  'an answer that is cut off': (_request, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('{"orderId":', () => response.destroy());
  },
  'a refusal that is cut off': (_request, response) => {
    response.writeHead(500, { 'content-length': 100 });
    response.write('Interna', () => response.destroy());
  },
};

for (const [what, answer] of Object.entries(BAD_ANSWERS)) {
  test(`${what} is reported as the failure of who gave it`, async (t) => {
    const url = await serve(t, answer);
    await assert.rejects(getJson('writer', url), (error) => {
      assert.ok(error instanceof UpstreamError);
      assert.match(error.message, /^The writer (answered|did not answer) /);
      return true;
    });
  });
}

test('what is not there is undefined', async (t) => {
  const url = await serve(t, (_request, response) => void response.writeHead(404).end());
  assert.equal(await getJson('writer', url), undefined);
});
