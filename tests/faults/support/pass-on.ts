import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { traces } from './preload.ts';

/** Forwards a request to the trace store, as a proxy in front of a collector does. */
export async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${traces.otlpUrl}/v1/traces`, { method: 'POST', headers, body });
  response.writeHead(answer.status).end(await answer.text());
}
