import { STATUS_CODES } from 'node:http';
import { trace } from '@opentelemetry/api';
import type { Problem } from '@beyond-headers/contracts';
import { traceIdOf } from '@beyond-headers/telemetry';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { ZodError } from 'zod';

/** The maximum `Retry-After` that a service passes on from another server. */
const MAX_RETRY_AFTER_S = 3_600;

/** A body of 64 KiB can have enough errors for a response of several megabytes. */
const MAX_ERRORS = 50;
/** Some messages repeat the caller's input. */
const MAX_MESSAGE_LENGTH = 500;

/** An error response, which any code can throw while it handles a request. The caller sees `detail`. */
export class HttpProblem extends Error {
  override name = 'HttpProblem';
  readonly status: number;
  readonly errors: Problem['errors'];
  readonly retryAfterMs: number;

  constructor(status: number, detail: string, options: HttpProblemOptions = {}) {
    super(detail, options);
    this.status = status;
    this.errors = options.errors;
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}

interface HttpProblemOptions extends ErrorOptions {
  errors?: Problem['errors'];
  /** For 503: how long the caller should wait, in milliseconds. By default, a second. */
  retryAfterMs?: number;
}

export const notFound: RequestHandler = (request) => {
  throw new HttpProblem(404, `Nothing is served at ${request.method} ${request.path}. See /openapi.json.`);
};

/** Responds to every error with RFC 9457 problem details and the trace ID. Internal details are only logged. */
export const problemDetails =
  (isUnavailable: (error: unknown) => boolean): ErrorRequestHandler =>
  (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = toHttpProblem(error, isUnavailable);
    if (problem.status >= 500) request.log.error({ err: error }, problem.message);
    send(response, problem);
  };

function toHttpProblem(error: unknown, isUnavailable: (error: unknown) => boolean): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof ZodError) return invalidInput(error);
  if (isUnavailable(error)) {
    return new HttpProblem(503, 'The database did not answer in time; try again.', { cause: error });
  }
  return (
    fromBodyParser(error) ??
    new HttpProblem(500, 'Something failed in this service. Its log has the details under this trace id.')
  );
}

function invalidInput(error: ZodError): HttpProblem {
  const { issues } = error;
  const errors = issues.slice(0, MAX_ERRORS).map(({ path, message }) => ({
    path: path.join('.'),
    message: message.slice(0, MAX_MESSAGE_LENGTH),
  }));
  const more = issues.length - errors.length;
  const leftOut = more > 0 ? ` ${more} more are left out.` : '';
  return new HttpProblem(400, `The request is not valid; see \`errors\`.${leftOut}`, {
    errors,
    cause: error,
  });
}

/** express.json() throws errors with a `type`: https://expressjs.com/en/resources/middleware/body-parser.html#errors */
function fromBodyParser(error: unknown): HttpProblem | undefined {
  const { type, status } = (error ?? {}) as { type?: string; status?: number };
  if (type === 'entity.too.large')
    return new HttpProblem(413, 'The body is too large: expected at most 64 KiB.');
  if (type === 'entity.parse.failed') return new HttpProblem(400, 'The body is not valid JSON.');
  if (status && status >= 400 && status < 500) {
    return new HttpProblem(status, error instanceof Error ? error.message : "The request can't be read.");
  }
  return undefined;
}

const retryAfterSeconds = ({ retryAfterMs }: HttpProblem): string =>
  String(Math.min(MAX_RETRY_AFTER_S, Math.max(1, Math.ceil(retryAfterMs / 1_000))));

function send(response: Response, problem: HttpProblem): void {
  const body: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.message,
    traceId: traceIdOf(trace.getActiveSpan()),
    errors: problem.errors,
  };
  if (problem.status === 503) response.set('retry-after', retryAfterSeconds(problem));
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(body));
}
