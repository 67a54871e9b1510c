import type { IncomingHttpHeaders } from 'node:http';
import { cloudEventHttpCarrier, extractContext, type HeaderMap } from '@beyond-headers/propagation';
import { openHeaderServer } from './header-server.ts';
import { asText, combine, type Hop, type Opening } from './hop.ts';

/** Opens a hop over CloudEvents in the headers of real HTTP requests. */
async function openCloudEventHttpHop(): Promise<Hop<HeaderMap>> {
  const server = await openHeaderServer();
  return {
    carrier: cloudEventHttpCarrier,
    create: () => ({}),
    write: (headers, lines) => {
      for (const [field, value] of combine(lines))
        headers[`ce-${field}`] = asText(value).replaceAll('%', '%25');
    },
    async carry(carriers) {
      const arrived: IncomingHttpHeaders[] = [];
      for (const headers of carriers) arrived.push(await server.send(headers));
      return arrived.map((headers) => () => extractContext(headers, cloudEventHttpCarrier));
    },
    close: () => server.close(),
  };
}

export const opening: Opening = { name: 'CloudEvent over HTTP', open: openCloudEventHttpHop };
