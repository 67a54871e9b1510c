import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { json } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** Stands where job-launcher stands: takes `POST /reports`, and counts how often each order asked for one. */
export interface ReportSink {
  url: string;
  /** Calls by order id: more than one is a handler that ran again. */
  calls: Map<string, number>;
  /** Order ids that are answered with 500. */
  refused: Set<string>;
  close(): Promise<void>;
}

/** @param answerAfterMs how long the effect takes, asked for each call */
export async function startReportSink(answerAfterMs: () => number = () => 0): Promise<ReportSink> {
  const calls = new Map<string, number>();
  const refused = new Set<string>();
  const closing = new AbortController();
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { orderId } = (await json(request)) as { orderId: string };
    calls.set(orderId, (calls.get(orderId) ?? 0) + 1);
    await delay(answerAfterMs(), undefined, { signal: closing.signal });
    response.writeHead(refused.has(orderId) ? 500 : 202, { 'content-type': 'application/json' }).end('{}');
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    refused,
    close: async () => {
      closing.abort();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
