import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts a server, by default on a free port, and resolves when it accepts connections; rejects with the taken port named. */
export async function listen(app: RequestListener, host = '127.0.0.1', port = 0): Promise<Server> {
  const server = createServer(app);
  endConnectionsAfterClose(server);
  await once(server.listen(port, host), 'listening');
  return server;
}

/** Where it listens: `http://127.0.0.1:8080`. */
export function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/**
 * Takes no new connection and waits for the requests in flight. Their connections end with their answers: a client that keeps its
 * connection and asks again and again would hold the server for as long as it likes.
 */
export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  unanswered.get(server)?.forEach(closeAfterAnswer);
  await closed;
}

/** Takes no new connection and ends those that are open, whatever is in flight. */
export async function cutServer(server: Server): Promise<void> {
  const closed = closeServer(server);
  server.closeAllConnections();
  await closed;
}

/** The answers of a server that are still to come. */
const unanswered = new WeakMap<Server, Set<ServerResponse>>();

/** Ends the connections of a server that listens no more, each after the answer that is on its way. */
function endConnectionsAfterClose(server: Server): void {
  const responses = new Set<ServerResponse>();
  unanswered.set(server, responses);
  server.prependListener('request', ({ socket }, response) => {
    responses.add(response);
    response.once('close', () => {
      responses.delete(response);
      // An answer that had begun before could not ask its client. Others may still be on their way, so it ends no other connection.
      if (!server.listening) socket.destroySoon();
    });
    if (!server.listening) closeAfterAnswer(response);
  });
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-9.6 */
function closeAfterAnswer(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}
