import type { Request, Response } from 'express';
import type { KubeObject } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { ApiError, badRequest, notFound } from './api-error.ts';
import { flag, integer, text } from './query.ts';
import { formFor, represent, representList, type ListMeta } from './representation.ts';
import type { Resource } from './resources.ts';
import { fieldSelector, labelSelector, type Selector } from './selectors.ts';

/** What a request is about. */
export interface Target {
  resource: Resource;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
}

/** @throws {ApiError} 404 when there is no such object. */
export function findOrFail(store: Store, { resource, namespace, name = '' }: Target): KubeObject {
  const found = store.get(resource.plural, namespace, name);
  if (!found) throw notFound(resource, name);
  return found;
}

export function getObject(store: Store, target: Target, req: Request, res: Response): void {
  const form = formFor(req);
  res.json(represent(findOrFail(store, target), target.resource, form));
}

/** Both selectors of a list or a watch in one; a name in the path selects too. */
export function selectorOf(req: Request, { resource, name }: Target): Selector {
  const byLabel = labelSelector(text(req, 'labelSelector') ?? '');
  const byField = fieldSelector(text(req, 'fieldSelector') ?? '', resource);
  return (object) =>
    byLabel(object) && byField(object) && (name === undefined || object.metadata.name === name);
}

export function listObjects(store: Store, target: Target, req: Request, res: Response): void {
  const form = formFor(req);
  const selected = selectorOf(req, target);
  checkVersion(store, text(req, 'resourceVersion'));
  const all = store.list(target.resource.plural, target.namespace).filter(selected);
  const { items, metadata } = page(all, integer(req, 'limit') ?? 0, text(req, 'continue') ?? '');
  res.json(
    representList(items, target.resource, form, { resourceVersion: String(store.version), ...metadata }),
  );
}

function checkVersion(store: Store, given: string | undefined): void {
  const version = parseVersion(given);
  if (version <= store.version) return;
  throw new ApiError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${version}, current: ${store.version}`,
    {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  );
}

/** @throws {ApiError} 400 on what is no resource version. */
export function parseVersion(given: string | undefined): number {
  if (given === undefined || given === '') return 0;
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw badRequest(
    `invalid resource version: resourceVersion: Invalid value: "${given}": strconv.ParseUint: parsing "${given}": invalid syntax`,
  );
}

/**
 * One page of a list. The token names the object to go on after; the pages are not from one moment, as they would be on a real
 * cluster, but none that was there all the time is left out or comes twice.
 */
function page(
  all: KubeObject[],
  limit: number,
  token: string,
): { items: KubeObject[]; metadata: Omit<ListMeta, 'resourceVersion'> } {
  const after = token === '' ? undefined : parseToken(token);
  const rest = after === undefined ? all : all.filter((object) => key(object) > after);
  const items = limit > 0 ? rest.slice(0, limit) : rest;
  const last = items.at(-1);
  if (items.length === rest.length || !last) return { items, metadata: {} };
  const next = Buffer.from(JSON.stringify({ after: key(last) })).toString('base64url');
  return { items, metadata: { continue: next, remainingItemCount: rest.length - items.length } };
}

function parseToken(token: string): string {
  try {
    const { after } = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as { after?: unknown };
    if (typeof after === 'string') return after;
  } catch {
    // Falls through to the refusal: what cannot be read is as wrong as what has no key in it.
  }
  throw badRequest('invalid continue token: continue key is not valid');
}

function key({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

export function isWatch(req: Request): boolean {
  return flag(req, 'watch');
}
