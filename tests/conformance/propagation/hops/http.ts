import type { IncomingHttpHeaders } from 'node:http';
import { extractContext, mapCarrier, type HeaderMap } from '@beyond-headers/propagation';
import { openHeaderServer } from './header-server.ts';
import { asText, type Hop, type Opening } from './hop.ts';

/** Opens a hop over the headers of real HTTP requests. */
async function openHttpHop(): Promise<Hop<HeaderMap>> {
  const server = await openHeaderServer();
  return {
    carrier: mapCarrier,
    create: () => ({}),
    write: (headers, lines) => lines.forEach(([name, value]) => append(headers, name, asText(value))),
    async carry(carriers) {
      const arrived: IncomingHttpHeaders[] = [];
      for (const headers of carriers) arrived.push(await server.send(headers));
      return arrived.map((headers) => () => extractContext<HeaderMap>(headers, mapCarrier));
    },
    close: () => server.close(),
  };
}

function append(headers: HeaderMap, name: string, value: string): void {
  const earlier = headers[name];
  headers[name] = earlier === undefined ? value : [earlier, value].flat();
}

export const opening: Opening = { name: 'HTTP', open: openHttpHop };
