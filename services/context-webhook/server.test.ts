import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { createLogger } from '@beyond-headers/service-kit/logger';
import { createWebhookServer, MAX_REVIEW_BYTES } from './server.ts';
import { selfSigned } from './testing/self-signed.ts';

const tls = selfSigned('localhost');
const server = createWebhookServer(tls, createLogger('test', 'silent'));
const agent = new Agent({ ca: tls.cert, keepAlive: true });
before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
after(() => {
  agent.destroy();
  server.close();
});

const POD = {
  metadata: { annotations: { 'tracing.k8s.io/traceparent': `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` } },
  spec: { containers: [{ name: 'main' }] },
};
const REVIEW = {
  apiVersion: 'admission.k8s.io/v1',
  kind: 'AdmissionReview',
  request: { uid: 'asked-1', resource: { group: '', resource: 'pods' }, operation: 'CREATE', object: POD },
};

async function ask(path: string, body?: string, method = body === undefined ? 'GET' : 'POST') {
  const { port } = server.address() as AddressInfo;
  const sent = request({ host: 'localhost', port, path, method, agent });
  // The server may respond and close the connection before it has read the whole body.
  sent.on('error', () => undefined);
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const text = await response.toArray().then(
    (chunks) => Buffer.concat(chunks).toString(),
    () => '',
  );
  return { status: response.statusCode, text };
}

test('a review is answered with a patch', async () => {
  const { status, text } = await ask('/mutate?timeout=2s', JSON.stringify(REVIEW));
  assert.equal(status, 200);
  const { response } = JSON.parse(text) as { response: { uid: string; allowed: boolean; patch: string } };
  assert.equal(response.uid, 'asked-1');
  assert.equal(response.allowed, true);
  assert.match(Buffer.from(response.patch, 'base64').toString(), /"TRACEPARENT"/);
});

for (const [name, path, body, expected] of [
  ['a probe of the start', '/startupz', undefined, 200],
  ['a probe', '/livez', undefined, 200],
  ['another probe', '/readyz', undefined, 200],
  ['another path', '/', undefined, 404],
  ['another method', '/mutate', undefined, 405],
  ['no JSON', '/mutate', '{', 400],
  ['no review', '/mutate', '{}', 400],
  ['more than a review may hold', '/mutate', ' '.repeat(MAX_REVIEW_BYTES + 1), 413],
] as Array<[string, string, string | undefined, number]>) {
  test(`${name} gets ${expected}, and the next review its answer`, async () => {
    assert.equal((await ask(path, body)).status, expected);
    assert.equal((await ask('/mutate', JSON.stringify(REVIEW))).status, 200);
  });
}
