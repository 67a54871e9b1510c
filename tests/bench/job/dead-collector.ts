import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The ways in which a collector is away, each with its address and how to end it. */
export const DEAD_COLLECTORS = {
  refused: async () => ({ url: 'http://127.0.0.1:1', close: () => {} }),
  'answers 503': () => collector((_request, response) => void response.writeHead(503).end()),
  'black hole': () => collector(() => {}),
};

async function collector(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
