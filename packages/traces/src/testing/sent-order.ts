import type { TestContext } from 'node:test';
import { file } from './folder.ts';
import { serve, unknownTrace } from './http.ts';
import { tracesWith } from './otlp.ts';
import { fullId, traceId } from './spans.ts';

/** The trace of an order that `writer` sends, in OTLP JSON. */
export const sent = tracesWith(
  { traceId, spanId: fullId('1'), name: 'POST /orders', kind: 2 },
  { traceId, spanId: fullId('2'), parentSpanId: fullId('1'), name: 'send orders', kind: 4 },
);
export const sentFile = await file('spans.json', sent);

/** Starts a server that, like Jaeger, has only this trace. Returns its address. */
export const serveSent = (t: TestContext): Promise<string> =>
  serve(t, (request, response) => {
    if (request.url?.startsWith(`/api/v3/traces/${traceId}?`)) response.end(JSON.stringify({ result: sent }));
    else response.writeHead(404).end(unknownTrace);
  });
