import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseJson } from '@beyond-headers/service-kit/json';
import type { Logger } from '@beyond-headers/service-kit/logger';
import { answerReview } from './answer-review.ts';

/** An API server accepts objects of up to 3 MiB. A review contains two of them, and JSON may escape some characters. */
export const MAX_REVIEW_BYTES = 8 * 2 ** 20;

/** Longer than the webhook's `timeoutSeconds`, after which the API server gives up. */
const REQUEST_TIMEOUT_MS = 10_000;

export interface TlsFiles {
  key: Buffer;
  cert: Buffer;
}

/** Creates the webhook's HTTPS server: `POST /mutate`, and `/startupz`, `/livez`, `/readyz` for the kubelet. */
export function createWebhookServer(tls: TlsFiles, logger: Logger): Server {
  const server = createServer({ ...tls, minVersion: 'TLSv1.2' }, (request, response) => {
    answer(request, response, logger).catch((error: unknown) => {
      logger.error({ err: error }, 'a review failed; the object is admitted unchanged');
      if (!response.headersSent) end(response, 500);
    });
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.headersTimeout = REQUEST_TIMEOUT_MS;
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, logger: Logger): Promise<void> {
  const path = request.url?.split('?')[0] ?? '';
  if (['/startupz', '/livez', '/readyz'].includes(path)) return end(response, 200);
  if (path !== '/mutate') return end(response, 404);
  if (request.method !== 'POST') return end(response, 405);
  const body = await boundedBody(request);
  if (body === undefined) return end(response, 413);
  const review = answerReview(parseJson(body), logger);
  if (!review) return end(response, 400);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(review));
}

function end(response: ServerResponse, status: number): void {
  // Otherwise, the unread rest of a body would be parsed as the next request.
  response.writeHead(status, status < 400 ? {} : { connection: 'close' }).end();
}

async function boundedBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_REVIEW_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
