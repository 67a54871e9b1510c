import { guardRequests } from '@beyond-headers/service-kit/guard';
import express, { type ErrorRequestHandler, type Express, type Response } from 'express';
import type { StoredTrace } from '../store/stored-trace.ts';
import { addPages } from '../pages/routes.ts';
import type { Stores } from '../store/stores.ts';
import type { TraceStore } from '../store/trace-store.ts';
import { HttpError } from '../http-error.ts';
import { operationsOf, servicesOf } from './catalogue.ts';
import { parseBoolean, parseSpanId, parseTime, parseTraceId } from './go-values.ts';
import { Parameters, parsed } from './parameters.ts';
import { findTraces, readSearch } from './search.ts';
import { tracesJson } from './traces-json.ts';

/** Serves Jaeger v2's query API over HTTP for traces, and also the log lines of a trace and pages for people. */
export function queryApp(
  { traces: store, logs }: Stores,
  warn: (message: string) => void,
  allowedHosts: readonly string[],
): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  // Names in a trace are text from its senders, so no browser may take a response for markup.
  app.use((_request, response, next) => {
    response.set('X-Content-Type-Options', 'nosniff');
    next();
  });
  app.get('/livez', (_request, response) => void response.json({ status: 'ok' }));
  app.get('/readyz', (_request, response) => void response.json({ status: 'ok', ...store.stats() }));
  app.use(guardRequests(allowedHosts, ({ status, detail }) => new HttpError(status, detail)));
  addApi(app, store);
  // This call is not part of Jaeger's API.
  app.get('/api/logs', (request, response) => {
    const parameters = new Parameters(request);
    const traceId = parsed('traceId', () => parseTraceId(parameters.text('traceId')));
    const spanId = parameters.read<string | undefined>('spanId', parseSpanId, undefined);
    response.json({ logs: logs.of(traceId, spanId) });
  });
  addPages(app, store, logs);
  app.use((_request, response) => void response.status(404).type('text/plain').send('404 page not found\n'));
  app.use(answerError(warn));
  return app;
}

function addApi(app: Express, store: TraceStore): void {
  app.get('/api/v3/traces/:traceId', (request, response) => {
    const traceId = parsed('trace_id', () => parseTraceId(request.params.traceId));
    const parameters = new Parameters(request);
    for (const name of ['startTime', 'endTime']) parameters.read(name, parseTime, 0n);
    const isRaw = parameters.read('rawTraces', parseBoolean, false);
    const trace = store.get(traceId);
    sendTraces(response, trace ? [trace] : [], isRaw);
  });
  app.get('/api/v3/traces', (request, response) => {
    const parameters = new Parameters(request);
    const search = readSearch(parameters);
    const isRaw = parameters.read('query.rawTraces', parseBoolean, false);
    sendTraces(response, findTraces(store, search), isRaw);
  });
  app.get('/api/v3/services', (_request, response) => {
    const services = servicesOf(store);
    // As in protobuf's JSON, an empty list is left out.
    response.json(services.length > 0 ? { services } : {});
  });
  app.get('/api/v3/operations', (request, response) => {
    const parameters = new Parameters(request);
    const operations = operationsOf(store, parameters.text('service'), parameters.text('spanKind'));
    response.json({ operations });
  });
}

function sendTraces(response: Response, traces: readonly StoredTrace[], isRaw: boolean): void {
  if (traces.length === 0) throw new HttpError(404, 'No traces found');
  response.type('application/json').send(`{"result":${tracesJson(traces, isRaw)}}`);
}

function answerError(warn: (message: string) => void): ErrorRequestHandler {
  return function answerError(error: unknown, _request, response, _next) {
    if (!(error instanceof HttpError)) warn(`trace-store: ${String(error)}`);
    const { status, message } = error instanceof HttpError ? error : new HttpError(500, 'internal error');
    // Jaeger uses Go's `http.Error`, which sets this type for every body.
    response.status(status).type('text/plain');
    response.send(`${JSON.stringify({ error: { httpCode: status, message } })}\n`);
  };
}
