import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express';
import { parseJson } from '@beyond-headers/trace-assert';
import type { z } from 'zod';
import type { TraceStore } from '../store/trace-store.ts';
import type { Logger } from '../logger.ts';
import { exportRequest } from './schema.ts';

/** Of one post, unpacked. An SDK's batch of 512 spans has about half a MiB. */
export const maxBodyBytes = 8 * 1024 * 1024;

// google.rpc.Code, which OTLP puts into the body of an error.
const invalidArgument = 3;
const internal = 13;

/** `POST /v1/traces` of OTLP/HTTP with JSON bodies, answering as Jaeger's receiver does. */
export function otlpReceiver(store: TraceStore, logger: Logger): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  const body = express.raw({ type: () => true, limit: maxBodyBytes });
  app.route('/v1/traces').post(refuseOtherTypes(logger), body, receive(store, logger)).all(refuseMethod);
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('404 page not found\n');
  });
  app.use(answerError(logger));
  return app;
}

const refuseMethod: RequestHandler = (_request, response) => {
  response.status(405).type('text/plain').send('405 method not allowed, supported: [POST]');
};

function refuseOtherTypes(logger: Logger): RequestHandler {
  return function refuseOtherTypes(request, response, next) {
    if (request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json') {
      next();
      return;
    }
    const received = request.headers['content-type'] ?? 'none';
    logger.warn(
      `trace-store: refused a post with content type ${received}; set OTEL_EXPORTER_OTLP_PROTOCOL=http/json`,
    );
    const hint = /protobuf/.test(received)
      ? '; set OTEL_EXPORTER_OTLP_PROTOCOL=http/json, or use Jaeger'
      : '';
    response
      .status(415)
      .type('text/plain')
      .send(`415 unsupported media type, supported: [application/json]${hint}`);
  };
}

function receive(store: TraceStore, logger: Logger): RequestHandler {
  return function receive(request, response) {
    const parsed = exportRequest.safeParse(parseJson(textOf(request.body)));
    if (!parsed.success) {
      refuse(response, logger, explain(parsed.error));
      return;
    }
    const rejected = store.add(parsed.data);
    if (rejected.count > 0)
      logger.warn(`trace-store: did not store ${rejected.count} spans: ${rejected.reason}`);
    const partialSuccess =
      rejected.count > 0 ? { rejectedSpans: String(rejected.count), errorMessage: rejected.reason } : {};
    response.json({ partialSuccess });
  };
}

function textOf(body: unknown): string {
  return Buffer.isBuffer(body) ? body.toString('utf8') : '';
}

function explain(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join('.') || 'body'}: ${issue?.message}`;
}

function refuse(response: Response, logger: Logger, message: string): void {
  logger.warn(`trace-store: refused a post: ${message}`);
  response.status(400).json({ code: invalidArgument, message });
}

function answerError(logger: Logger): ErrorRequestHandler {
  return function answerError(error: unknown, _request, response, _next) {
    const { type, message } = error as { type?: string; message?: string };
    const isCallers = error instanceof SyntaxError || (error as { expose?: boolean }).expose === true;
    if (isCallers) {
      refuse(
        response,
        logger,
        type === 'entity.too.large' ? 'http: request body too large' : (message ?? 'bad request'),
      );
      return;
    }
    logger.warn(`trace-store: ${String(error)}`);
    response.status(500).json({ code: internal, message: 'internal error' });
  };
}
