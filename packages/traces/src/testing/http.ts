import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { tracesWith } from './otlp.ts';
import { traceId } from './spans.ts';

/** Starts a server for one test. Returns its address. */
export async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Jaeger's response to a request for an unknown trace. */
export const unknownTrace = '{"error":{"httpCode":404,"message":"No traces found"}}';

/**
 * Starts a server that, like Jaeger, responds to each read with the next list of span names, and repeats the last one. An empty list means
 * that the trace is unknown.
 */
export async function serveGrowing(
  t: TestContext,
  ...answers: string[][]
): Promise<{ url: string; reads: string[] }> {
  const reads: string[] = [];
  const url = await serve(t, (request, response) => {
    reads.push(request.url ?? '');
    const names = answers[Math.min(reads.length, answers.length) - 1] ?? [];
    if (names.length === 0) response.writeHead(404).end(unknownTrace);
    else response.end(answerWith(names.map(spanOf)));
  });
  return { url, reads };
}

export const answerWith = (spans: readonly object[]): string =>
  JSON.stringify({ result: tracesWith(...spans) });

export function spanOf(name: string, index: number) {
  return { traceId, spanId: String(index).padStart(16, '0'), name };
}
