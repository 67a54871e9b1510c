import type { Request, Response } from 'express';
import { generatedName, newMetadata } from '../names.ts';
import type { KubeObject, ObjectMeta } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { isObject } from '../validation/decode.ts';
import { alreadyExists, ApiError, badRequest, invalid, notFound } from './api-error.ts';
import { manifestOf } from './body.ts';
import { kindFor } from './kinds.ts';
import type { Target } from './read.ts';
import { formFor, represent } from './representation.ts';
import { apiVersionOf, resourceNamed, type Resource } from './resources.ts';
import { decodeBody } from './write-options.ts';

/** Handles a create request: decodes the manifest, fills in defaults, validates and stores the object, and responds with 201. */
export function createObject(store: Store, target: Target, req: Request, res: Response): void {
  const form = formFor(req);
  const { resource } = target;
  const manifest = manifestOf(req, resource.kind);
  checkType(resource, manifest);
  const value = decodeBody(resource.kind, manifest, req, res);
  checkNamespace(store, target, value);
  const kind = kindFor(resource.plural);
  const object = kind.complete(withMetadata(target, value));
  const { namespace, name } = object.metadata;
  const causes = kind.causes(object);
  if (causes.length > 0) throw invalid(resource, name, causes);
  if (store.get(resource.plural, namespace, name)) throw alreadyExists(resource, name);
  res.status(201).json(represent(store.create(resource.plural, object), resource, form));
}

function checkType(resource: Resource, manifest: Record<string, unknown>): void {
  const wanted = apiVersionOf(resource);
  const { kind = resource.kind, apiVersion = wanted } = manifest;
  if (kind === resource.kind && apiVersion === wanted) return;
  const version = String(apiVersion).split('/').at(-1) ?? '';
  const why = `expected kind "${resource.kind}" of version "${wanted}", got kind "${String(kind)}" of version "${String(apiVersion)}"`;
  throw badRequest(`${String(kind)} in version "${version}" cannot be handled as a ${resource.kind}: ${why}`);
}

function checkNamespace(store: Store, { namespace = '' }: Target, value: Record<string, unknown>): void {
  const given = isObject(value['metadata']) ? value['metadata']['namespace'] : undefined;
  if (given && given !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  if (!store.get('namespaces', undefined, namespace)) throw notFound(resourceNamed('namespaces'), namespace);
}

function withMetadata({ resource, namespace = '' }: Target, value: Record<string, unknown>): KubeObject {
  const given = (value['metadata'] ?? {}) as Partial<ObjectMeta>;
  if (given.resourceVersion)
    throw new ApiError(500, '', 'resourceVersion should not be set on objects to be created');
  const { labels, annotations, finalizers, ownerReferences, generateName } = given;
  const name = given.name || (generateName ? generatedName(generateName) : '');
  return {
    ...value,
    kind: resource.kind,
    apiVersion: apiVersionOf(resource),
    metadata: {
      ...newMetadata(name, namespace),
      generation: resource.plural === 'secrets' ? undefined : 1,
      generateName,
      labels,
      annotations,
      finalizers,
      ownerReferences,
    },
  };
}
