import type { RequestListener } from 'node:http';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';

/** Starts an HTTP server in place of a collector. `close` also ends its connections, idle or not. */
export async function startCollector(
  answer: RequestListener,
): Promise<{ url: string; close: () => unknown }> {
  const server = await listen(answer);
  return { url: urlOf(server), close: () => cutServer(server) };
}

/** The ways in which a collector can be unavailable. */
export const DEAD_COLLECTORS = {
  'refuses the connection': async () => ({ url: 'http://127.0.0.1:1', close: () => {} }),
  'answers 503': () => startCollector((_request, response) => void response.writeHead(503).end()),
  'never answers': () => startCollector(() => {}),
};
