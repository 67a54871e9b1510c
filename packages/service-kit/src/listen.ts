import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Starts a server, by default on a free port. Resolves when it accepts connections. If the port is taken, rejects with an error
 * that names it.
 */
export async function listen(app: RequestListener, host = '127.0.0.1', port = 0): Promise<Server> {
  const server = createServer(app);
  endConnectionsAfterClose(server);
  await once(server.listen(port, host), 'listening');
  return server;
}

/** Returns the URL of a server, such as `http://127.0.0.1:8080`. */
export function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/**
 * Stops accepting connections, and waits for the requests in flight. Each connection closes after its response. Otherwise, a
 * client that keeps sending requests on its connection could keep the server open forever.
 */
export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  unanswered.get(server)?.forEach(closeAfterAnswer);
  await closed;
}

/** Stops accepting connections, and closes those that are open, even with requests in flight. */
export async function cutServer(server: Server): Promise<void> {
  const closed = closeServer(server);
  server.closeAllConnections();
  await closed;
}

const unanswered = new WeakMap<Server, Set<ServerResponse>>();

/** Closes the connections of a server that has stopped listening, each after its current response. */
function endConnectionsAfterClose(server: Server): void {
  const responses = new Set<ServerResponse>();
  unanswered.set(server, responses);
  server.prependListener('request', ({ socket }, response) => {
    responses.add(response);
    response.once('close', () => {
      responses.delete(response);
      // If the headers were already sent, the client was not asked to close. Closes only this connection, because others may have
      // responses in flight.
      if (!server.listening) socket.destroySoon();
    });
    if (!server.listening) closeAfterAnswer(response);
  });
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-9.6 */
function closeAfterAnswer(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}
