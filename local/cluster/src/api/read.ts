import type { Request, Response } from 'express';
import type { KubeObject } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { notFound } from './api-error.ts';
import { checkReached, listVersion, parseVersion } from './list-options.ts';
import { text } from './query.ts';
import { formFor, represent, representList } from './representation.ts';
import type { Resource } from './resources.ts';
import { fieldSelector, labelSelector, type Selector } from './selectors.ts';

/** The collection or object that a request addresses. */
export interface Target {
  resource: Resource;
  namespace: string | undefined;
  name: string | undefined;
}

/** @throws {ApiError} 404 when there is no such object. */
export function findOrFail(store: Store, { resource, namespace, name = '' }: Target): KubeObject {
  const found = store.get(resource.plural, namespace, name);
  if (!found) throw notFound(resource, name);
  return found;
}

export function getObject(store: Store, target: Target, req: Request, res: Response): void {
  const form = formFor(req);
  checkReached(parseVersion(text(req, 'resourceVersion')), store.version);
  res.json(represent(findOrFail(store, target), target.resource, form));
}

/** Returns one selector for the label selector, the field selector, and the name in the path of a list or a watch. */
export function selectorOf(req: Request, { resource, name }: Target): Selector {
  const byLabel = labelSelector(text(req, 'labelSelector') ?? '');
  const byField = fieldSelector(text(req, 'fieldSelector') ?? '', resource);
  return (object) =>
    byLabel(object) && byField(object) && (name === undefined || object.metadata.name === name);
}

export function listObjects(store: Store, target: Target, req: Request, res: Response): void {
  const form = formFor(req);
  const selected = selectorOf(req, target);
  checkReached(listVersion(req), store.version);
  const items = store.list(target.resource.plural, target.namespace).filter(selected);
  res.json(representList(items, target.resource, form, String(store.version)));
}
