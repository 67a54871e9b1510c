import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HeaderMap } from '@beyond-headers/propagation';

// Larger than every case, so that the carrier limits a value, and not the server's default of 16 KiB for all headers.
const MAX_HEADER_BYTES = 256 * 1024;

/** A real HTTP server, with a client that sends headers to it and resolves with those that arrived. */
export interface HeaderServer {
  send(headers: HeaderMap): Promise<IncomingHttpHeaders>;
  close(): Promise<void>;
}

/** Opens a server on a free port. */
export async function openHeaderServer(): Promise<HeaderServer> {
  let received: IncomingHttpHeaders = {};
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (incoming, response) => {
    received = incoming.headers;
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    async send(headers) {
      received = {};
      await get(port, headers);
      return received;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function get(port: number, headers: HeaderMap): Promise<void> {
  const outgoing = request({ port, host: '127.0.0.1' });
  for (const [name, value] of Object.entries(headers)) {
    try {
      if (value !== undefined) outgoing.setHeader(name, value);
    } catch {
      // HTTP can't carry this header, for example because of a newline, so it isn't sent.
    }
  }
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [NodeJS.ReadableStream];
  response.resume();
  await once(response, 'end');
}
