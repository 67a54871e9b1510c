import { trace } from '@opentelemetry/api';
import { isUnobserved, traceIdOf } from '@beyond-headers/telemetry';
import express, { type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import { guardRequests } from './guard/guard-requests.ts';
import { HttpProblem, notFound, problemDetails } from './http-problem.ts';
import type { Logger } from './logger.ts';
import type { ApiDescription, ApiOperations } from './openapi/description.ts';
import { describeApi } from './openapi/document.ts';
import { SHARED_OPERATIONS } from './openapi/shared-operations.ts';
import { answerOtherMethods } from './other-methods.ts';
import { rateLimit as limitRate, type RateLimit } from './rate-limit.ts';
import { PROBES } from './service.ts';

const MAX_BODY = '64kb';

/** The dependencies of a service, by name. A check rejects while its dependency is unavailable. */
export type ReadinessChecks = Record<string, () => Promise<void>>;

/** The rules for which requests are accepted. */
export interface AccessOptions {
  /** `ALLOWED_HOSTS`: names of the service, in addition to those that are always allowed. */
  allowedHosts?: readonly string[] | undefined;
  /** By default, there is no limit. Probes don't count. */
  rateLimit?: RateLimit | undefined;
  /** The number of proxies in front of the service, each of which adds an address to `X-Forwarded-For`. With 0, the header is ignored. */
  trustedProxies?: number | undefined;
}

/** Additional calls that an instance serves, with their descriptions. */
export interface ExtraCalls {
  routes: Router;
  operations: ApiOperations;
}

export interface HttpAppOptions extends AccessOptions {
  logger: Logger;
  routes: Router;
  api: ApiDescription;
  extra?: ExtraCalls | undefined;
  checks?: ReadinessChecks;
  /** Reports whether an error means that the database did not respond. The caller then gets a 503, and may try again. */
  isUnavailable?: (error: unknown) => boolean;
}

/** Creates the Express application of a service, with limits, logs, trace ID, health probes, and problem details. */
export function createHttpApp({
  logger,
  routes,
  api,
  extra,
  checks = {},
  isUnavailable = () => false,
  allowedHosts = [],
  rateLimit,
  trustedProxies = 0,
}: HttpAppOptions): Express {
  const app = express();
  app.disable('x-powered-by').set('query parser', 'simple').set('etag', false);
  app.set('trust proxy', trustedProxies);
  app.use(helmet(), traceIdHeader, requestLog(logger));
  app.get(PROBES.startup, startup);
  app.get(PROBES.liveness, (_request, response) => void response.json({ status: 'ok' }));
  app.get(PROBES.readiness, readiness(checks));
  // After the probes, which may use any host. Their responses reveal nothing about orders.
  app.use(guardRequests(allowedHosts, ({ status, detail }) => new HttpProblem(status, detail)));
  if (rateLimit) app.use(limitRate(rateLimit));
  const operations = { ...api.operations, ...extra?.operations, ...SHARED_OPERATIONS };
  app.use(answerOtherMethods(Object.keys(operations)));
  app.get('/openapi.json', (_request, response) => void response.json(describeApi(api, extra?.operations)));
  app.use(onlyJson, express.json({ limit: MAX_BODY }), routes);
  if (extra) app.use(extra.routes);
  app.use(notFound, problemDetails(isUnavailable));
  return app;
}

/** Logs a line for each request, with the method, URL, and status code, but without headers, which may contain secrets. */
const requestLog = (logger: Logger): RequestHandler =>
  pinoHttp({
    logger,
    autoLogging: { ignore: (request) => isUnobserved(request.url) },
    quietReqLogger: true,
    serializers: {
      req: ({ method, url }) => ({ method, url }),
      res: ({ statusCode }) => ({ statusCode }),
    },
  });

const traceIdHeader: RequestHandler = (_request, response, next) => {
  const traceId = traceIdOf(trace.getActiveSpan());
  if (traceId) response.set('x-trace-id', traceId);
  next();
};

const onlyJson: RequestHandler = (request, _response, next) => {
  const hasBody =
    Number(request.headers['content-length'] ?? 0) > 0 || 'transfer-encoding' in request.headers;
  if (hasBody && !request.is('application/json')) {
    throw new HttpProblem(
      415,
      `Expected content-type application/json, got ${request.headers['content-type'] ?? 'none'}.`,
    );
  }
  next();
};

/** The key in `app.locals` that `serve` sets when the process accepts requests and handles signals. */
export const STARTED = 'started';

/** Checks no dependency: a service may start before its database. */
const startup: RequestHandler = ({ app }, response) => {
  const started = app.locals[STARTED] === true;
  response.status(started ? 200 : 503).json({ status: started ? 'ok' : 'starting' });
};

/** Responds with 200 if every check resolves. Otherwise, responds with 503, the failed checks, and the reasons. */
function readiness(checks: ReadinessChecks): RequestHandler {
  return async (_request, response) => {
    const results = await Promise.allSettled(Object.values(checks).map(async (check) => check()));
    const missing = Object.keys(checks).flatMap((name, index) => {
      const result = results[index]!;
      if (result.status === 'fulfilled') return [];
      const reason: unknown = result.reason;
      return [{ name, error: reason instanceof Error ? reason.message : String(reason) }];
    });
    const isReady = missing.length === 0;
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ok' : 'not ready', missing });
  };
}
