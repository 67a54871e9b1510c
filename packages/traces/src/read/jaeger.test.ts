import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { serve, serveGrowing, unknownTrace } from '../testing/http.ts';
import { traceId } from '../testing/spans.ts';
import { fetchTrace } from './jaeger.ts';

const RAW = 'rawTraces=true&raw_traces=true';

test('a trace is read as it was stored', async (t) => {
  const { url, reads } = await serveGrowing(t, ['a', 'b']);
  assert.deepEqual(
    (await fetchTrace(url, traceId)).map(({ name }) => name),
    ['a', 'b'],
  );
  assert.deepEqual(reads, [`/api/v3/traces/${traceId}?${RAW}`]);
});

test('an unknown trace has no spans', async (t) => {
  const { url } = await serveGrowing(t, []);
  assert.deepEqual(await fetchTrace(url, traceId), []);
});

test('an id can not change the path', async (t) => {
  const { url, reads } = await serveGrowing(t, []);
  await fetchTrace(url, '../services?x');
  assert.deepEqual(reads, [`/api/v3/traces/..%2Fservices%3Fx?${RAW}`]);
});

test('no server there is said with the address and the reason', async () => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.close();
  const read = fetchTrace(`http://${address}`, traceId);
  await assert.rejects(read, (error: Error) => {
    assert.ok(error.message.startsWith(`Failed to read http://${address}/api/v3/traces/`), error.message);
    assert.ok(
      error.message.includes(`no answer (connect ECONNREFUSED ${address}). Expected a Jaeger query API`),
    );
    return true;
  });
});

test('the API may be under a path and ask for credentials', async (t) => {
  const asked: unknown[] = [];
  const url = await serve(t, ({ url: path, headers }, response) => {
    asked.push(path, headers.authorization);
    response.writeHead(404).end(unknownTrace);
  });
  await fetchTrace(`${url.replace('//', '//ada:p%40ss%zz@')}/jaeger/`, traceId);
  const basic = Buffer.from('ada:p%40ss%zz').toString('base64');
  assert.deepEqual(asked, [`/jaeger/api/v3/traces/${traceId}?${RAW}`, `Basic ${basic}`]);
});

test('no message shows the credentials', async (t) => {
  const url = await serve(t, (_request, response) => response.writeHead(500).end('broken'));
  const read = fetchTrace(url.replace('//', '//ada:s3cret@'), traceId);
  await assert.rejects(read, ({ message }: Error) => !/ada|s3cret/.test(message));
  const bad = fetchTrace(url, traceId, { authorization: 'Bearer s3cret\nline' });
  await assert.rejects(bad, ({ message }: Error) => /authorization/.test(message) && !/s3cret/.test(message));
});
