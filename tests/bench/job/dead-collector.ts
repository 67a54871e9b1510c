import type { RequestListener } from 'node:http';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';

/** The ways in which a collector can be unavailable. Each returns the collector's URL and a function that closes it. */
export const DEAD_COLLECTORS = {
  'refuses the connection': async () => ({ url: 'http://127.0.0.1:1', close: async () => {} }),
  'answers 503': () => collector((_request, response) => void response.writeHead(503).end()),
  'never answers': () => collector(() => {}),
};

async function collector(answer: RequestListener) {
  const server = await listen(answer);
  return {
    url: urlOf(server),
    close: () => cutServer(server),
  };
}
