import { guardDoor } from '@beyond-headers/service-kit/door';
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { Logger } from '../logger.ts';
import type { StoredTrace } from '../store/stored-trace.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { ApiError, parameter } from './api-error.ts';
import { operationsOf, servicesOf } from './catalogue.ts';
import { parseTime, parseTraceId } from './go-values.ts';
import { listPage, tracePage } from './pages.ts';
import { findTraces, readSearch } from './search.ts';

/** Jaeger v2's query API over HTTP, as far as it concerns traces, and two pages of plain text. */
export function queryApp(store: TraceStore, logger: Logger, allowedHosts: readonly string[]): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  // Names in a trace are their senders' text: no browser may take an answer for markup.
  app.use((_request, response, next) => {
    response.set('X-Content-Type-Options', 'nosniff');
    next();
  });
  app.get('/livez', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/readyz', (_request, response) => void response.json({ status: 'ok', ...store.stats() }));
  app.use(guardDoor(allowedHosts, ({ status, detail }) => new ApiError(status, detail)));
  addApi(app, store);
  app.get('/trace/:traceId', (request, response) => tracePage(store, request.params.traceId, response));
  app.get('/', (request, response) => listPage(store, request, response));
  app.use((_request, response) => void response.status(404).type('text/plain').send('404 page not found\n'));
  app.use(answerError(logger));
  return app;
}

function addApi(app: Express, store: TraceStore): void {
  app.get('/api/v3/traces/:traceId', (request, response) => {
    const traceId = parameter('trace_id', () => parseTraceId(request.params.traceId));
    for (const name of ['start_time', 'end_time']) {
      const value = queryOf(request, name);
      if (value !== '') parameter(name, () => parseTime(value));
    }
    const trace = store.get(traceId);
    sendTraces(response, trace ? [trace] : []);
  });
  app.get('/api/v3/traces', (request, response) => {
    sendTraces(
      response,
      findTraces(
        store,
        readSearch((name) => queryOf(request, name)),
      ),
    );
  });
  app.get('/api/v3/services', (_request, response) => {
    const services = servicesOf(store);
    // As protobuf's JSON: an empty list of strings is left out.
    sendJson(response, JSON.stringify(services.length > 0 ? { services } : {}));
  });
  app.get('/api/v3/operations', (request, response) => {
    const operations = operationsOf(store, queryOf(request, 'service'), queryOf(request, 'span_kind'));
    sendJson(response, JSON.stringify({ operations }));
  });
}

/** The parameter's first value, empty when it is absent. */
function queryOf(request: Request, name: string): string {
  const value = request.query[name];
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : '';
}

function sendTraces(response: Response, traces: readonly StoredTrace[]): void {
  if (traces.length === 0) throw new ApiError(404, 'No traces found');
  const chunks = traces.flatMap((trace) => trace.resourceSpans());
  sendJson(response, `{"result":{"resourceSpans":[${chunks.join(',')}]}}`);
}

function sendJson(response: Response, json: string): void {
  // Jaeger says so of its JSON.
  response.type('text/plain').send(json);
}

function answerError(logger: Logger): ErrorRequestHandler {
  return function answerError(error: unknown, _request, response, _next) {
    if (!(error instanceof ApiError)) logger.warn(`trace-store: ${String(error)}`);
    const { httpCode, message } = error instanceof ApiError ? error : new ApiError(500, 'internal error');
    sendJson(response.status(httpCode), `${JSON.stringify({ error: { httpCode, message } })}\n`);
  };
}
