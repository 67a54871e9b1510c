import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Starts a server, by default on a free port, and resolves when it accepts connections; rejects with the taken port named. */
export async function listen(app: RequestListener, host = '127.0.0.1', port = 0): Promise<Server> {
  const server = createServer(app);
  await once(server.listen(port, host), 'listening');
  return server;
}

/** Where it listens: `http://127.0.0.1:8080`. */
export function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Takes no new connection and waits for the requests in flight. */
export async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
}

/** Takes no new connection and ends those that are open, whatever is in flight. */
export async function cutServer(server: Server): Promise<void> {
  const closed = closeServer(server);
  server.closeAllConnections();
  await closed;
}
