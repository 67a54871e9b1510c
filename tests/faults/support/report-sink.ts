import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { cutServer, listen, urlOf } from '@beyond-headers/service-kit/listen';

/** A fake job-launcher, which accepts `POST /reports` and counts the requests of each order. */
export interface ReportSink {
  url: string;
  /** Requests by order id. More than one means that a handler ran again. */
  calls: Map<string, number>;
  /** Order ids that get a response with status code 500. */
  refused: Set<string>;
  /** Makes the sink unavailable. `how` handles each request, and `callsWhileAway` counts them. By default, connections are refused. */
  goAway(how?: RequestListener): Promise<void>;
  comeBack(): Promise<void>;
  readonly callsWhileAway: number;
  close(): Promise<void>;
}

/** @param answerAfterMs returns how long the effect of a request takes */
export async function startReportSink(answerAfterMs: () => number = () => 0): Promise<ReportSink> {
  const calls = new Map<string, number>();
  const refused = new Set<string>();
  const closing = new AbortController();
  let away: RequestListener | undefined;
  let callsWhileAway = 0;
  const handle: RequestListener = (request, response) => {
    if (away) {
      callsWhileAway++;
      return away(request, response);
    }
    void answer(request, response).catch(() => response.destroy());
  };
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { orderId } = (await json(request)) as { orderId: string };
    calls.set(orderId, (calls.get(orderId) ?? 0) + 1);
    await delay(answerAfterMs(), undefined, { signal: closing.signal });
    response.writeHead(refused.has(orderId) ? 500 : 202, { 'content-type': 'application/json' }).end('{}');
  }
  let server = await listen(handle);
  const { port } = server.address() as AddressInfo;
  return {
    url: urlOf(server),
    calls,
    refused,
    goAway: async (how) => {
      away = how;
      callsWhileAway = 0;
      if (!how) await cutServer(server);
    },
    comeBack: async () => {
      away = undefined;
      if (!server.listening) server = await listen(handle, '127.0.0.1', port);
    },
    get callsWhileAway() {
      return callsWhileAway;
    },
    close: async () => {
      closing.abort();
      if (server.listening) await cutServer(server);
    },
  };
}
