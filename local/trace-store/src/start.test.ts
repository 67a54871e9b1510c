import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { startTraceStore } from './index.ts';

function portOf(url: string): number {
  return Number(new URL(url).port);
}

test('two starts get two pairs of free ports', async (t) => {
  const stores = [await startTraceStore(), await startTraceStore()];
  t.after(() => Promise.all(stores.map((store) => store.close())));
  const urls = stores.flatMap(({ otlpUrl, queryUrl }) => [otlpUrl, queryUrl]);
  assert.equal(new Set(urls).size, 4);
  for (const url of urls) assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
});

for (const [option, variable] of [
  ['otlpPort', 'OTLP_HTTP_PORT'],
  ['queryPort', 'TRACES_PORT'],
] as const) {
  test(`a taken ${option} is said with its variable`, async (t) => {
    const first = await startTraceStore();
    t.after(() => first.close());
    const port = portOf(option === 'otlpPort' ? first.otlpUrl : first.queryUrl);
    await assert.rejects(startTraceStore({ [option]: port }), {
      message: `Failed to listen on 127.0.0.1:${port}: the port is taken. Set ${variable} to another port.`,
    });
  });
}

test('a start that fails half way keeps no port', async (t) => {
  const first = await startTraceStore();
  t.after(() => first.close());
  const free = await startTraceStore();
  const otlpPort = portOf(free.otlpUrl);
  await free.close();
  await assert.rejects(startTraceStore({ otlpPort, queryPort: portOf(first.queryUrl) }), /TRACES_PORT/);
  const again = await startTraceStore({ otlpPort });
  await again.close();
});

test('closing does not wait for a half sent post', { timeout: 10_000 }, async () => {
  const store = await startTraceStore();
  const socket = connect(portOf(store.otlpUrl), '127.0.0.1');
  const head = ['POST /v1/traces HTTP/1.1', 'Host: a', 'Content-Type: application/json', 'Content-Length: 9'];
  socket.write([...head, 'Expect: 100-continue', '', ''].join('\r\n'));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1\.1 100 /);
  await Promise.all([store.close(), store.close()]);
  await store.close();
  await assert.rejects(fetch(`${store.queryUrl}/livez`));
  await assert.rejects(fetch(`${store.otlpUrl}/v1/traces`));
  socket.destroy();
});
