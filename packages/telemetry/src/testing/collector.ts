import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';

interface Request {
  path: string;
  headers: IncomingHttpHeaders;
  spans: Array<{ name: string; spanId: string; status: { message?: string } }>;
}

/** A collector whose responses a test controls. */
export interface Collector {
  url: string;
  requests: Request[];
  /** The names of the accepted spans, in the order of their arrival. */
  names(): string[];
  /** Sets the response to later requests. By default, the collector accepts everything. */
  answer(how: (response: ServerResponse) => void): void;
}

const take = (response: ServerResponse): void => void response.end('{}');

/** Starts a collector on a free port. Until the test ends, the environment of this process points to it. */
export async function startCollector(context: TestContext): Promise<Collector> {
  const requests: Request[] = [];
  let how = take;
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
      response.once('finish', () => {
        if (response.statusCode === 200)
          requests.push({
            path: request.url ?? '',
            headers: request.headers,
            spans: spansOf(text.toString()),
          });
      });
      how(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = url;
  context.after(() => {
    delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
    server.close();
    server.closeAllConnections();
  });
  return {
    url,
    requests,
    names: () => requests.flatMap(({ spans }) => spans.map(({ name }) => name)),
    answer: (next) => (how = next),
  };
}

function spansOf(json: string): Request['spans'] {
  const { resourceSpans } = JSON.parse(json) as {
    resourceSpans: Array<{ scopeSpans: Array<{ spans: Request['spans'] }> }>;
  };
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

export const unavailable = (response: ServerResponse): void => void response.writeHead(503).end();
