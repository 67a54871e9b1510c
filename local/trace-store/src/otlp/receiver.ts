import { guardRequests } from '@beyond-headers/service-kit/guard';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { ZodError } from 'zod';
import { HttpError } from '../http-error.ts';
import type { Stores } from '../store/stores.ts';
import { encodingOf, encodings, json, type Encoding } from './encodings.ts';
import { signalsOf, type Signal } from './signals.ts';

/** The maximum size of a request body after decompression. A batch of 512 spans from an SDK has about half a MiB. */
export const maxBodyBytes = 8 * 1024 * 1024;

/** The values of google.rpc.Code that OTLP puts into the body of an error, by the status of the response. */
const CODES: Readonly<Record<number, number>> = { 400: 3, 403: 7 };
const INTERNAL = 13;

/** Serves `/v1/traces` and `/v1/logs` of OTLP/HTTP, with JSON or protobuf bodies. Responds as Jaeger's receiver does. */
export function otlpReceiver(
  stores: Stores,
  warn: (message: string) => void,
  allowedHosts: readonly string[],
): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(guardRequests(allowedHosts, ({ status, detail }) => new HttpError(status, detail)));
  const body = express.raw({ type: () => true, limit: maxBodyBytes });
  for (const signal of signalsOf(stores)) {
    app.route(signal.path).post(refuseOtherTypes(warn), body, receive(signal, warn)).all(refuseMethod);
  }
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('404 page not found\n');
  });
  app.use(answerError(warn));
  return app;
}

const refuseMethod: RequestHandler = (_request, response) => {
  response.status(405).type('text/plain').send('405 method not allowed, supported: [POST]');
};

function refuseOtherTypes(warn: (message: string) => void): RequestHandler {
  const supported = encodings.map(({ contentType }) => contentType).join(', ');
  return function refuseOtherTypes(request, response, next) {
    const { 'content-type': contentType } = request.headers;
    if (encodingOf(contentType)) return next();
    warn(
      `trace-store: refused a post with content type ${contentType ?? 'none'}; expected one of ${supported}`,
    );
    response.status(415).type('text/plain').send(`415 unsupported media type, supported: [${supported}]`);
  };
}

function receive(signal: Signal, warn: (message: string) => void): RequestHandler {
  return function receive(request, response) {
    const encoding = encodingOfRequest(request);
    const rejected = signal.add(decode(encoding, request.body, signal));
    if (rejected.count > 0)
      warn(`trace-store: did not store ${rejected.count} ${signal.what}: ${rejected.reason}`);
    answer(response, 200, encoding, encoding.success(rejected, signal.countedAs));
  };
}

function decode(encoding: Encoding, body: unknown, { fields }: Signal): unknown {
  try {
    return encoding.decode(Buffer.isBuffer(body) ? body : Buffer.alloc(0), fields);
  } catch (error) {
    throw new HttpError(400, error instanceof Error ? error.message : String(error), { cause: error });
  }
}

// JSON is for requests that are refused before their content type is checked.
const encodingOfRequest = ({ headers }: Request): Encoding => encodingOf(headers['content-type']) ?? json;

function answer(response: Response, status: number, { contentType }: Encoding, body: Buffer): void {
  response.status(status).set('content-type', contentType).send(body);
}

function answerError(warn: (message: string) => void): ErrorRequestHandler {
  return function answerError(error: unknown, request, response, _next) {
    const encoding = encodingOfRequest(request);
    const refusal = refusalOf(error);
    warn(refusal ? `trace-store: refused a post: ${refusal.message}` : `trace-store: ${String(error)}`);
    const { status, message } = refusal ?? new HttpError(500, 'internal error');
    answer(response, status, encoding, encoding.failure(CODES[status] ?? INTERNAL, message));
  };
}

/** Returns the response to a request that is refused, or undefined for a fault of the store. */
function refusalOf(error: unknown): HttpError | undefined {
  if (error instanceof HttpError) return error;
  if (error instanceof ZodError) {
    const [issue] = error.issues;
    return new HttpError(400, `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  const { type, message, expose } = error as { type?: string; message?: string; expose?: boolean };
  if (type === 'entity.too.large') return new HttpError(400, 'http: request body too large');
  if (type === 'encoding.unsupported')
    return new HttpError(400, `${message}, supported: [gzip, deflate, br, zstd]`);
  return expose ? new HttpError(400, message ?? 'bad request') : undefined;
}
