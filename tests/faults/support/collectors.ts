import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { traces } from './preload.ts';

/** Starts an HTTP server in place of a collector. */
export const answering = (listener: RequestListener) => listening(createServer(listener));

/** Starts a server. `close` also ends its connections, idle or not. */
export async function listening(server: Server): Promise<{ url: string; close: () => void }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => sockets.add(socket));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Forwards a request to the trace store, as a proxy in front of a collector does. */
export async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${traces.otlpUrl}/v1/traces`, { method: 'POST', headers, body });
  response.writeHead(answer.status).end(await answer.text());
}
