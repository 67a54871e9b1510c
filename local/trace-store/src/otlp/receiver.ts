import { guardRequests, type Refusal } from '@beyond-headers/service-kit/guard';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import type { z } from 'zod';
import type { Stores } from '../store/stores.ts';
import type { Logger } from '../logger.ts';
import { encodingOf, encodings, json, type Encoding } from './encodings.ts';
import { signalsOf, type Signal } from './signals.ts';

/** The maximum size of a request body after decompression. A batch of 512 spans from an SDK has about half a MiB. */
export const maxBodyBytes = 8 * 1024 * 1024;

// The values of google.rpc.Code that OTLP puts into the body of an error.
const invalidArgument = 3;
const permissionDenied = 7;
const internal = 13;

class RefusedError extends Error {
  readonly status: Refusal['status'];

  constructor({ status, detail }: Refusal) {
    super(detail);
    this.status = status;
  }
}

/** Serves `/v1/traces` and `/v1/logs` of OTLP/HTTP, with JSON or protobuf bodies. Responds as Jaeger's receiver does. */
export function otlpReceiver(stores: Stores, logger: Logger, allowedHosts: readonly string[]): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(guardRequests(allowedHosts, (refusal) => new RefusedError(refusal)));
  const body = express.raw({ type: () => true, limit: maxBodyBytes });
  for (const signal of signalsOf(stores)) {
    app.route(signal.path).post(refuseOtherTypes(logger), body, receive(signal, logger)).all(refuseMethod);
  }
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
  const supported = encodings.map(({ contentType }) => contentType).join(', ');
  return function refuseOtherTypes(request, response, next) {
    const { 'content-type': contentType } = request.headers;
    if (encodingOf(contentType)) {
      next();
      return;
    }
    logger.warn(
      `trace-store: refused a post with content type ${contentType ?? 'none'}; expected one of ${supported}`,
    );
    response.status(415).type('text/plain').send(`415 unsupported media type, supported: [${supported}]`);
  };
}

function receive(signal: Signal, logger: Logger): RequestHandler {
  return function receive(request, response) {
    const encoding = encodingOfRequest(request);
    const parsed = signal.add(decode(encoding, request.body, signal));
    if (!parsed.success) throw new SyntaxError(explain(parsed.error));
    const rejected = parsed.data;
    if (rejected.count > 0)
      logger.warn(`trace-store: did not store ${rejected.count} ${signal.what}: ${rejected.reason}`);
    answer(response, 200, encoding, encoding.success(rejected, signal.countedAs));
  };
}

function decode(encoding: Encoding, body: unknown, { fields }: Signal): unknown {
  try {
    return encoding.decode(Buffer.isBuffer(body) ? body : Buffer.alloc(0), fields);
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function explain(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join('.') || 'body'}: ${issue?.message}`;
}

// JSON is for requests that are refused before their content type is checked.
const encodingOfRequest = ({ headers }: Request): Encoding => encodingOf(headers['content-type']) ?? json;

function answer(response: Response, status: number, { contentType }: Encoding, body: Buffer): void {
  response.status(status).set('content-type', contentType).send(body);
}

/** Messages in place of those of the body parser, by the type of its error. */
const SAID: Readonly<Record<string, (message?: string) => string>> = {
  'entity.too.large': () => 'http: request body too large',
  'encoding.unsupported': (message) => `${message}, supported: [gzip, deflate, br, zstd]`,
};

function answerError(logger: Logger): ErrorRequestHandler {
  return function answerError(error: unknown, request, response, _next) {
    const encoding = encodingOfRequest(request);
    const { type, message } = error as { type?: string; message?: string };
    const isCallers = error instanceof SyntaxError || (error as { expose?: boolean }).expose === true;
    if (isCallers) {
      const said = SAID[type ?? '']?.(message) ?? message ?? 'bad request';
      logger.warn(`trace-store: refused a post: ${said}`);
      answer(response, 400, encoding, encoding.failure(invalidArgument, said));
      return;
    }
    if (error instanceof RefusedError) {
      logger.warn(`trace-store: refused a post: ${error.message}`);
      answer(response, error.status, encoding, encoding.failure(permissionDenied, error.message));
      return;
    }
    logger.warn(`trace-store: ${String(error)}`);
    answer(response, 500, encoding, encoding.failure(internal, 'internal error'));
  };
}
