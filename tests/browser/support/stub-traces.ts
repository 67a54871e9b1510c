import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** One span of a trace that never was, as OTLP/JSON has it. */
export interface StubSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  service: string;
  kind?: number;
  startMs: number;
  endMs: number;
  attributes?: Record<string, string>;
  links?: Array<{ traceId: string; spanId: string }>;
  error?: string;
}

export interface StubTraces {
  url: string;
  /** What is answered from now on; undefined drops every connection. */
  set: (spans: StubSpan[] | undefined) => void;
  stop: () => Promise<void>;
}

/** A trace API with spans that no real service would make: thousands, hostile, orphaned. Any order is unknown to it. */
export async function startStubTraces(): Promise<StubTraces> {
  let spans: StubSpan[] | undefined = [];
  const server = createServer((request, response) => {
    const traceId = request.url?.split('/').at(-1) ?? '';
    const found = spans?.filter((span) => span.traceId === traceId) ?? [];
    response.statusCode = found.length > 0 ? 200 : 404;
    if (spans) response.end(JSON.stringify({ result: { resourceSpans: found.map(toOtlp) } }));
    else request.socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (next) => (spans = next),
    stop: () => stop(server),
  };
}

async function stop(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}

function toOtlp({ service, startMs, endMs, attributes = {}, error, ...span }: StubSpan): object {
  const resource = { attributes: [text('service.name', service)] };
  const otlp = {
    ...span,
    startTimeUnixNano: `${startMs}000000`,
    endTimeUnixNano: `${endMs}000000`,
    attributes: Object.entries(attributes).map(([key, value]) => text(key, value)),
    status: error ? { code: 2, message: error } : {},
  };
  return { resource, scopeSpans: [{ scope: {}, spans: [otlp] }] };
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
