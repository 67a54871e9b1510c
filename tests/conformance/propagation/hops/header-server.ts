import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HeaderMap } from '@beyond-headers/propagation';

// Above all cases, so that it is the carrier that bounds a value and not the server's default of 16 KiB for all headers.
const MAX_HEADER_BYTES = 256 * 1024;

/** A real server that gives back the headers that a real request brought. */
export interface HeaderServer {
  send(headers: HeaderMap): Promise<IncomingHttpHeaders>;
  close(): Promise<void>;
}

/** Opens one on a free port. */
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
      // A header that HTTP cannot carry (a newline in it) does not travel.
    }
  }
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [NodeJS.ReadableStream];
  response.resume();
  await once(response, 'end');
}
