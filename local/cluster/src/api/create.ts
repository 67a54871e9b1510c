import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { generatedName, timestamp } from '../names.ts';
import type { KubeObject, ObjectMeta } from '../objects.ts';
import { NameTakenError, type Store } from '../store/store.ts';
import { decode, isObject } from '../validation/decode.ts';
import {
  alreadyExists,
  ApiError,
  badRequest,
  forbidden,
  invalid,
  notFound,
  type Cause,
} from './api-error.ts';
import { manifestOf } from './body.ts';
import { kindFor } from './kinds.ts';
import { text } from './query.ts';
import type { Target } from './read.ts';
import { formFor, represent } from './representation.ts';
import { apiVersionOf, resourceNamed, type Resource } from './resources.ts';
import { notSupported } from '../validation/causes.ts';

/** Answers a create: checks, fills in, stores; 201 with the object, or the API server's refusal. */
export function createObject(store: Store, target: Target, req: Request, res: Response): void {
  const form = formFor(req);
  const { resource } = target;
  const options = createOptions(req);
  const { value, unknownFields } = decodeManifest(resource, manifestOf(req, resource.kind));
  const warnings = unknownFields.map((field) => `unknown field "${field}"`);
  if (options.fieldValidation === 'Strict' && warnings.length > 0) throw strictError(resource.kind, warnings);
  checkNamespace(store, target, value);
  const kind = kindFor(resource);
  const object = kind.complete(withMetadata(target, value));
  const causes = kind.causes(object);
  if (causes.length > 0) throw invalid(resource, object.metadata.name, causes);
  const shown = options.fieldValidation === 'Ignore' ? [] : warnings;
  addWarnings(res, [...shown, ...kind.warnings(object)]);
  const stored = options.dryRun ? object : store_(store, resource, object);
  res.status(201).json(represent(stored, resource, form));
}

export function addWarnings(res: Response, warnings: string[]): void {
  for (const warning of warnings) res.append('warning', `299 - ${JSON.stringify(warning)}`);
}

function store_(store: Store, resource: Resource, object: KubeObject): KubeObject {
  try {
    return store.create(resource.plural, object);
  } catch (error) {
    if (error instanceof NameTakenError) throw alreadyExists(resource, object.metadata.name);
    throw error;
  }
}

export function createOptions(req: Request): { dryRun: boolean; fieldValidation: string } {
  const dryRun = text(req, 'dryRun') ?? '';
  const fieldValidation = text(req, 'fieldValidation') ?? '';
  const causes: Cause[] = [];
  if (!['', 'All'].includes(dryRun)) causes.push(notSupported('dryRun', [dryRun], ['All']));
  const known = ['', 'Ignore', 'Strict', 'Warn'];
  if (!known.includes(fieldValidation)) causes.push(notSupported('fieldValidation', fieldValidation, known));
  if (causes.length > 0) throw invalid({ kind: 'CreateOptions', group: 'meta.k8s.io' }, '', causes);
  return { dryRun: dryRun === 'All', fieldValidation };
}

function decodeManifest(resource: Resource, manifest: Record<string, unknown>): ReturnType<typeof decode> {
  const { kind = resource.kind, apiVersion = apiVersionOf(resource) } = manifest;
  const wanted = apiVersionOf(resource);
  if (kind !== resource.kind || apiVersion !== wanted) {
    const version = String(apiVersion).split('/').at(-1) ?? '';
    const why = `expected kind "${resource.kind}" of version "${wanted}", got kind "${String(kind)}" of version "${String(apiVersion)}"`;
    throw badRequest(
      `${String(kind)} in version "${version}" cannot be handled as a ${resource.kind}: ${why}`,
    );
  }
  return decode(resource.kind, manifest);
}

function strictError(kind: string, errors: string[]): ApiError {
  return badRequest(
    `${kind} in version "v1" cannot be handled as a ${kind}: strict decoding error: ${errors.join(', ')}`,
  );
}

function checkNamespace(store: Store, { resource, namespace }: Target, value: Record<string, unknown>): void {
  if (!resource.namespaced) return;
  const given = isObject(value['metadata']) ? value['metadata']['namespace'] : undefined;
  if (given !== undefined && given !== '' && given !== namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  const found = store.get('namespaces', undefined, namespace ?? '');
  if (!found) throw notFound(resourceNamed('namespaces'), namespace ?? '');
  if (found.metadata.deletionTimestamp) {
    throw forbidden(
      resource,
      '',
      `unable to create new content in namespace ${namespace ?? ''} because it is being terminated`,
    );
  }
}

function withMetadata({ resource, namespace }: Target, value: Record<string, unknown>): KubeObject {
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
      name,
      ...(generateName ? { generateName } : {}),
      ...(resource.namespaced ? { namespace: namespace ?? '' } : {}),
      uid: randomUUID(),
      resourceVersion: '',
      ...(resource.plural === 'jobs' ? { generation: 1 } : {}),
      creationTimestamp: timestamp(),
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
      ...(finalizers ? { finalizers } : {}),
      ...(ownerReferences ? { ownerReferences } : {}),
    },
  };
}
