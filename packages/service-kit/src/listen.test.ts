import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage, type RequestListener } from 'node:http';
import { test, type TestContext } from 'node:test';
import { closeServer, cutServer, listen, urlOf } from './listen.ts';

/** Far less than the five seconds for which Node keeps a connection that no one uses. */
const SOON_MS = 2_000;

/** A server, and a client that keeps its one connection. */
async function startPair(t: TestContext, answer: RequestListener) {
  const server = await listen(answer);
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
    // Until the server no longer takes one.
    for (let response; (response = await ask().catch(() => undefined));) await once(response, 'end');
  })();
  await isAsked;
  await closeServer(server);
  await asking;
});
