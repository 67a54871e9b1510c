import type { Request } from 'express';
import type { KubeObject } from '../objects.ts';
import { ApiError } from './api-error.ts';
import type { Resource } from './resources.ts';
import { tableOf } from './table.ts';

const ACCEPTED = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';

/** How the client wants objects: whole, as rows that `kubectl get` prints, or their metadata only. */
export type Form = 'whole' | 'Table' | 'PartialObjectMetadata';

/** @throws {ApiError} 406 when it accepts none of what can be given. */
export function formFor(req: Request): Form {
  for (const range of (req.get('accept') ?? '*/*').split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    if (!['application/json', 'application/*', '*/*'].includes(type)) continue;
    const as = parameters.find((one) => one.startsWith('as='))?.slice(3);
    if (as === undefined) return 'whole';
    if (as === 'Table') return 'Table';
    if (as.startsWith('PartialObjectMetadata')) return 'PartialObjectMetadata';
  }
  throw new ApiError(
    406,
    'NotAcceptable',
    `406: Not Acceptable\n\nAvailable representations: ${ACCEPTED}`,
    {},
  );
}

/** One object in the given form. */
export function represent(object: KubeObject, resource: Resource, form: Form, withColumns = true): object {
  if (form === 'Table')
    return tableOf(resource, [object], { resourceVersion: object.metadata.resourceVersion }, withColumns);
  if (form === 'PartialObjectMetadata') {
    return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
  }
  const { kind, apiVersion, metadata, ...rest } = object;
  return { kind, apiVersion, metadata, ...rest };
}

export interface ListMeta {
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

export function representList(
  objects: KubeObject[],
  resource: Resource,
  form: Form,
  metadata: ListMeta,
): object {
  if (form === 'Table') return tableOf(resource, objects, metadata, true);
  if (form === 'PartialObjectMetadata') {
    const items = objects.map((one) => represent(one, resource, form));
    return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items };
  }
  const items = objects.map(({ kind: _kind, apiVersion: _version, ...item }) => item);
  return {
    kind: `${resource.kind}List`,
    apiVersion: resource.group ? `${resource.group}/v1` : 'v1',
    metadata,
    items,
  };
}
