import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { HeaderMap } from '@beyond-headers/propagation';
import { cutServer, urlOf } from '@beyond-headers/service-kit/listen';

// Larger than every case, so that the carrier limits a value, and not the server's default of 16 KiB for all headers.
const MAX_HEADER_BYTES = 256 * 1024;

/** A real HTTP server, with a client that sends headers to it and resolves with those that arrived. */
export interface HeaderServer {
  send: (headers: HeaderMap) => Promise<IncomingHttpHeaders>;
  close: () => Promise<void>;
}

/** Opens a server on a free port. */
export async function openHeaderServer(): Promise<HeaderServer> {
  let received: IncomingHttpHeaders = {};
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (incoming, response) => {
    received = incoming.headers;
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    send: async (headers) => {
      received = {};
      await get(urlOf(server), headers);
      return received;
    },
    close: () => cutServer(server),
  };
}

async function get(url: string, headers: HeaderMap): Promise<void> {
  const outgoing = request(url);
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
