import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type RequestListener } from 'node:http';
import { test, type TestContext } from 'node:test';
import { closeServer, cutServer, listen, urlOf } from './listen.ts';

/** Enough time for any machine, and much less than the time for which the server keeps an idle connection. */
const SOON_MS = 20_000;
const KEPT_MS = 60_000;

/** Starts a server, and a client that keeps a single connection. */
async function startPair(t: TestContext, answer: RequestListener) {
  const server = await listen(answer);
  server.keepAliveTimeout = KEPT_MS;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.after(async () => {
    agent.destroy();
    if (server.listening) await cutServer(server);
    else server.closeAllConnections();
  });
  const ask = async (): Promise<IncomingMessage> => {
    const [response] = await once(get(urlOf(server), { agent }), 'response');
    return (response as IncomingMessage).resume();
  };
  return { server, ask };
}

test('a kept connection ends with the answer under way', { timeout: SOON_MS }, async (t) => {
  const { promise: began, resolve: begin } = Promise.withResolvers<() => void>();
  const { server, ask } = await startPair(t, (_request, response) => begin(() => response.end('done')));
  const asked = ask();
  const answer = await began;
  const closed = closeServer(server);
  answer();
  assert.equal((await asked).headers.connection, 'close');
  await closed;
});

test('an answer that began before is finished', { timeout: SOON_MS }, async (t) => {
  const { promise: began, resolve: begin } = Promise.withResolvers<() => void>();
  const { server, ask } = await startPair(t, (_request, response) => {
    response.write('half');
    begin(() => response.end('whole'));
  });
  const asked = ask();
  const answer = await began;
  const response = await asked;
  const closed = closeServer(server);
  answer();
  await once(response, 'end');
  await closed;
});

test('a client that asks on and on holds no server', { timeout: SOON_MS }, async (t) => {
  const { promise: isAsked, resolve: asked } = Promise.withResolvers<void>();
  const { server, ask } = await startPair(t, (_request, response) => {
    asked();
    setImmediate(() => response.end());
  });
  const asking = (async () => {
    // Until the server accepts no more requests.
    for (let response; (response = await ask().catch(() => undefined));) await once(response, 'end');
  })();
  await isAsked;
  await closeServer(server);
  await asking;
});

test('a slow reader gets its whole answer, whatever ends beside it', { timeout: SOON_MS }, async (t) => {
  const size = 20_000_000;
  const answers = new Map<string | undefined, () => void>();
  const server = await listen((request, response) => {
    const answer = () => response.end(Buffer.alloc(request.url === '/large' ? size : 1));
    response.write('-');
    answers.set(request.url, answer);
  });
  t.after(() => server.closeAllConnections());
  const ask = async (path: string) => {
    const [response] = await once(get(urlOf(server) + path), 'response');
    return response as IncomingMessage;
  };
  const [large, small] = [await ask('/large'), await ask('/small')];
  const closed = closeServer(server);
  answers.get('/large')?.();
  answers.get('/small')?.();
  await once(small.resume(), 'close');
  let length = 0;
  for await (const chunk of large) length += (chunk as Buffer).length;
  assert.equal(length, size + 1);
  await closed;
});
