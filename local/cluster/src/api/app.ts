import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { LogBook } from '../kubelet/log-book.ts';
import type { Store } from '../store/store.ts';
import { DecodeError } from '../validation/decode.ts';
import { ApiError, badRequest, methodNotAllowed, unknownResource } from './api-error.ts';
import { MAX_BODY_BYTES } from './body.ts';
import { createObject } from './create.ts';
import { discovery } from './discovery.ts';
import { guard } from './guard.ts';
import { patchObject } from './patch.ts';
import { podLog } from './pod-log.ts';
import { flag } from './query.ts';
import { getObject, listObjects, type Target } from './read.ts';
import { deleteObject } from './remove.ts';
import { RESOURCES, rootOf, type Resource, type Verb } from './resources.ts';
import type { Watches } from './watch.ts';

export interface AppParts {
  store: Store;
  logs: LogBook;
  watches: Watches;
  /** Host names under which clients may reach the API: `ALLOWED_HOSTS`. */
  allowedHosts?: readonly string[] | undefined;
  /** Called with each internal error, before the response with status code 500. */
  onError(error: unknown): void;
}

type Answer = (store: Store, target: Target, req: Request, res: Response) => void;

// The verb and the handler of each HTTP method, for a collection and for one object.
const ON_COLLECTION: Readonly<Record<string, [Verb, Answer]>> = {
  GET: ['list', listObjects],
  POST: ['create', createObject],
};
const ON_OBJECT: Readonly<Record<string, [Verb, Answer]>> = {
  GET: ['get', getObject],
  PATCH: ['patch', patchObject],
  DELETE: ['delete', deleteObject],
};

/** Returns the Express app that serves the API. */
export function clusterApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  for (const path of ['/livez', '/readyz', '/healthz'])
    app.get(path, (_req, res) => void res.type('text/plain').send('ok'));
  app.use(guard(parts.allowedHosts));
  app.use(discovery());
  app.use(express.raw({ type: () => true, limit: MAX_BODY_BYTES }));
  for (const resource of RESOURCES) serve(app, parts, resource);
  app.use([...new Set(RESOURCES.map(({ group }) => rootOf(group)))], (req) => {
    throw unknownResource(req.baseUrl + req.path);
  });
  app.use((_req, res) => void res.status(404).type('text/plain').send('404 page not found\n'));
  app.use(errorAnswer((error) => parts.onError(error)));
  return app;
}

function serve(app: Express, parts: AppParts, resource: Resource): void {
  const { group, plural, namespaced, subresource } = resource;
  const root = rootOf(group);
  const collection = `${root}${namespaced ? '/namespaces/:namespace' : ''}/${plural}`;
  const answer = (req: Request, res: Response): void => answerTo(parts, resource, req, res);
  app.all(collection, answer);
  app.all(`${collection}/:name`, answer);
  // Across all namespaces, objects can only be read.
  if (namespaced) app.get(`${root}/${plural}`, answer);
  if (subresource)
    app.get(`${collection}/:name/${subresource}`, (req, res) => {
      const target = targetOf(resource, req);
      if (subresource === 'log') podLog(parts.store, parts.logs, target, req, res);
      else getObject(parts.store, target, req, res);
    });
}

function answerTo({ store, watches }: AppParts, resource: Resource, req: Request, res: Response): void {
  const target = targetOf(resource, req);
  const [verb, answer] = (target.name === undefined ? ON_COLLECTION : ON_OBJECT)[req.method] ?? [];
  if (!verb || !answer || !resource.verbs.includes(verb))
    throw methodNotAllowed(verb ?? req.method, resource.plural, resource.verbs);
  if (req.method === 'GET' && flag(req, 'watch')) watches.serve(target, req, res);
  else answer(store, target, req, res);
}

function targetOf(resource: Resource, { params }: Request): Target {
  const { namespace, name } = params as { namespace?: string; name?: string };
  return { resource, namespace, name };
}

function errorAnswer(onError: (error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    const known = asApiError(error);
    if (!known) onError(error);
    const { answer } =
      known ?? new ApiError(500, 'InternalError', `Internal error occurred: ${String(error)}`);
    if (answer.details?.retryAfterSeconds) res.setHeader('retry-after', answer.details.retryAfterSeconds);
    res.status(answer.code).json(answer);
  };
}

function asApiError(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  if (error instanceof DecodeError) return badRequest(error.message);
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) {
    return new ApiError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${MAX_BODY_BYTES}`);
  }
  return typeof status === 'number' && status < 500
    ? new ApiError(status, 'BadRequest', String(error))
    : undefined;
}
