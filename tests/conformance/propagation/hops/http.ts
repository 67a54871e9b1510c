import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extractContext, mapCarrier, type HeaderMap } from '@beyond-headers/propagation';
import { asText, type Hop } from './hop.ts';

// Above all cases, so that it is the carrier that bounds a value and not the server's default of 16 KiB for all headers.
const MAX_HEADER_BYTES = 256 * 1024;

/** Headers of a real request to a real server. */
export async function openHttpHop(): Promise<Hop<HeaderMap>> {
  let received: IncomingHttpHeaders = {};
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (incoming, response) => {
    received = incoming.headers;
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const send = async (headers: HeaderMap) => {
    received = {};
    await get(port, headers);
    return received;
  };
  return {
    name: 'http',
    carrier: mapCarrier,
    create: () => ({}),
    write: (headers, lines) => lines.forEach(([name, value]) => append(headers, name, asText(value))),
    async carry(carriers) {
      const arrived: IncomingHttpHeaders[] = [];
      for (const headers of carriers) arrived.push(await send(headers));
      return arrived.map((headers) => () => extractContext<HeaderMap>(headers, mapCarrier));
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function append(headers: HeaderMap, name: string, value: string): void {
  const earlier = headers[name];
  headers[name] = earlier === undefined ? value : [earlier, value].flat();
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
