import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import type { LogBook } from '../kubelet/log-book.ts';
import type { Store } from '../store/store.ts';
import { ApiError, methodNotAllowed, unknownResource } from './api-error.ts';
import { MAX_BODY_BYTES } from './body.ts';
import { createObject } from './create.ts';
import { discovery } from './discovery.ts';
import { door } from './door.ts';
import { patchObject } from './patch.ts';
import { podLog } from './pod-log.ts';
import { getObject, isWatch, listObjects, type Target } from './read.ts';
import { deleteCollection, deleteObject } from './remove.ts';
import { findResource, RESOURCES, type Verb } from './resources.ts';
import type { Watches } from './watch.ts';

export interface AppParts {
  store: Store;
  logs: LogBook;
  watches: Watches;
  /** Where this server is reached, as `host:port`. */
  address(): string;
  /** Names that it is reached by: `ALLOWED_HOSTS`. */
  allowedHosts?: readonly string[] | undefined;
  /** Called with errors that are nobody's fault but ours, before they are answered with 500. */
  onError(error: unknown): void;
}

const GROUPS = [...new Set(RESOURCES.map(({ group }) => group).filter(Boolean))];

/** The HTTP API, ready to be listened with. */
export function clusterApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  for (const path of ['/livez', '/readyz', '/healthz'])
    app.get(path, (_req, res) => void res.type('text/plain').send('ok'));
  app.use(door(parts.allowedHosts));
  app.use(discovery(() => parts.address()));
  app.use(express.raw({ type: () => true, limit: MAX_BODY_BYTES }));
  app.use(['/api/v1', ...GROUPS.map((group) => `/apis/${group}/v1`)], (req, res) => serve(parts, req, res));
  app.use((_req, res) => void res.status(404).type('text/plain').send('404 page not found\n'));
  app.use(errorAnswer((error) => parts.onError(error)));
  return app;
}

function serve(parts: AppParts, req: Request, res: Response): void {
  const target = targetOf(req);
  const { store } = parts;
  if (target.subresource === 'log') {
    if (req.method !== 'GET') throw methodNotAllowed();
    return podLog(store, parts.logs, target, req, res);
  }
  const verb = verbOf(req, target);
  if (!verb || !allowed(target, verb)) throw methodNotAllowed();
  if (verb === 'watch') return parts.watches.serve(target, req, res);
  ANSWERS[verb](store, target, req, res);
}

const ANSWERS: Record<
  Exclude<Verb, 'watch'>,
  (store: Store, target: Target, req: Request, res: Response) => void
> = {
  get: getObject,
  list: listObjects,
  create: createObject,
  delete: deleteObject,
  deletecollection: deleteCollection,
  patch: patchObject,
};

/** What a path below a group's root means: `[namespaces/N/]plural[/name[/subresource]]`. */
function targetOf(req: Request): Target {
  const group = GROUPS.find((one) => req.baseUrl === `/apis/${one}/v1`) ?? '';
  const parts = req.path.split('/').filter(Boolean).map(decodeURIComponent);
  const scoped = parts[0] === 'namespaces' && parts.length > 2;
  const [plural = '', name, subresource, ...rest] = scoped ? parts.slice(2) : parts;
  const resource = findResource(group, plural);
  const known = subresource === undefined || resource?.subresources?.some((one) => one.name === subresource);
  // A namespaced object has a name only within its namespace.
  if (
    !resource ||
    !known ||
    rest.length > 0 ||
    resource.namespaced !== (scoped || (name === undefined && resource.namespaced))
  ) {
    throw unknownResource();
  }
  return { resource, namespace: scoped ? parts[1] : undefined, name, subresource };
}

function verbOf(req: Request, { name }: Target): Verb | undefined {
  switch (req.method) {
    case 'GET':
      if (isWatch(req)) return 'watch';
      return name === undefined ? 'list' : 'get';
    case 'POST':
      return name === undefined ? 'create' : undefined;
    case 'PATCH':
      return name === undefined ? undefined : 'patch';
    case 'DELETE':
      return name === undefined ? 'deletecollection' : 'delete';
    default:
      return undefined;
  }
}

function allowed({ resource, namespace, subresource }: Target, verb: Verb): boolean {
  if (subresource !== undefined) return verb === 'get';
  const needsNamespace = resource.namespaced && (verb === 'create' || verb === 'deletecollection');
  return resource.verbs.includes(verb) && !(needsNamespace && namespace === undefined);
}

function errorAnswer(onError: (error: unknown) => void): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) return next(error);
    const known = asApiError(error);
    if (!known) onError(error);
    const answer = known ?? new ApiError(500, 'InternalError', `Internal error occurred: ${String(error)}`);
    if (answer.details?.retryAfterSeconds) res.setHeader('retry-after', answer.details.retryAfterSeconds);
    res.status(answer.code).json(answer.toStatus());
  };
}

function asApiError(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  if (error instanceof URIError) return new ApiError(400, 'BadRequest', 'the path cannot be decoded');
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) {
    return new ApiError(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${MAX_BODY_BYTES}`);
  }
  return typeof status === 'number' && status < 500
    ? new ApiError(status, 'BadRequest', String(error))
    : undefined;
}
