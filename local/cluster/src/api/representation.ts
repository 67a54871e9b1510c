import type { Request } from 'express';
import type { KubeObject } from '../objects.ts';
import { ApiError } from './api-error.ts';
import { apiVersionOf, type Resource } from './resources.ts';
import { tableOf } from './table.ts';

/** The form in which a client wants objects: whole, or as rows of a Table, which `kubectl get` prints. */
export type Form = 'whole' | 'Table';

/** @throws {ApiError} 406 when the client accepts neither form. */
export function formFor(req: Request): Form {
  for (const range of (req.get('accept') ?? '*/*').split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    if (!['application/json', 'application/*', '*/*'].includes(type)) continue;
    const as = parameters.find((one) => one.startsWith('as='));
    if (as === undefined) return 'whole';
    if (as === 'as=Table') return 'Table';
  }
  const available = 'application/json, application/json;as=Table;v=v1;g=meta.k8s.io';
  const message = `406: Not Acceptable\n\nAvailable representations: ${available}`;
  throw new ApiError(406, 'NotAcceptable', message, {});
}

/** Returns an object in the given form. In a watch, only the first Table has columns. */
export function represent(object: KubeObject, resource: Resource, form: Form, withColumns = true): object {
  if (form === 'whole') return object;
  return tableOf(resource, [object], object.metadata.resourceVersion, withColumns);
}

export function representList(
  objects: KubeObject[],
  resource: Resource,
  form: Form,
  resourceVersion: string,
): object {
  if (form === 'Table') return tableOf(resource, objects, resourceVersion, true);
  const items = objects.map(({ kind: _kind, apiVersion: _version, ...item }) => item);
  const kind = `${resource.kind}List`;
  return { kind, apiVersion: apiVersionOf(resource), metadata: { resourceVersion }, items };
}
