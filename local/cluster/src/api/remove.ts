import type { Request, Response } from 'express';
import { deleteJob, type Propagation } from '../controllers/job-deletion.ts';
import { requestPodDeletion } from '../controllers/pod-deletion.ts';
import { timestamp } from '../names.ts';
import type { Job, KubeObject, Pod } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { notSupported } from '../validation/causes.ts';
import { isObject } from '../validation/decode.ts';
import { ApiError, conflict, invalid } from './api-error.ts';
import { rawBody } from './body.ts';
import { addWarnings } from './create.ts';
import { integer, text } from './query.ts';
import { findOrFail, selectorOf, type Target } from './read.ts';
import { formFor, represent, representList } from './representation.ts';
import type { Resource } from './resources.ts';

interface DeleteOptions {
  propagation: Propagation | undefined;
  graceSeconds: number | undefined;
  uid: string | undefined;
  resourceVersion: string | undefined;
  dryRun: boolean;
}

const POLICIES = ['Foreground', 'Background', 'Orphan'];
const ORPHAN_WARNING =
  'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set ' +
  'propagationPolicy=Orphan to suppress this warning';

/** Answers a delete: with a success Status when the object is gone, with the object while it still ends. */
export function deleteObject(store: Store, target: Target, req: Request, res: Response): void {
  const form = formFor(req);
  const { resource } = target;
  const options = deleteOptions(req);
  if (resource.plural === 'jobs' && !options.propagation) addWarnings(res, [ORPHAN_WARNING]);
  const object = findOrFail(store, target);
  checkPreconditions(resource, object, options);
  const left = options.dryRun ? object : removeOne(store, resource, object, options);
  res.json(left ? represent(left, resource, form) : success(resource, object));
}

export function deleteCollection(store: Store, target: Target, req: Request, res: Response): void {
  const form = formFor(req);
  const { resource, namespace } = target;
  const options = deleteOptions(req);
  if (resource.plural === 'jobs' && !options.propagation) addWarnings(res, [ORPHAN_WARNING]);
  const chosen = store.list(resource.plural, namespace).filter(selectorOf(req, target));
  if (!options.dryRun) for (const object of chosen) removeOne(store, resource, object, options);
  res.json(representList(chosen, resource, form, { resourceVersion: String(store.version) }));
}

function removeOne(
  store: Store,
  resource: Resource,
  object: KubeObject,
  options: DeleteOptions,
): KubeObject | undefined {
  // A Job's pods are kept unless the caller says otherwise: batch/v1 has it so since before propagation policies.
  if (resource.plural === 'jobs') return deleteJob(store, object as Job, options.propagation ?? 'Orphan');
  if (resource.plural === 'pods') return removePod(store, object as Pod, options.graceSeconds);
  if (resource.plural === 'namespaces') return markNamespace(store, object);
  store.remove(resource.plural, object);
  return undefined;
}

function removePod(store: Store, pod: Pod, graceSeconds: number | undefined): Pod {
  const marked = requestPodDeletion(store, pod, graceSeconds) ?? pod;
  if (graceSeconds === 0 && (marked.metadata.finalizers ?? []).length === 0) store.remove('pods', marked);
  return marked;
}

function markNamespace(store: Store, object: KubeObject): KubeObject | undefined {
  return store.update('namespaces', object, (current) => ({
    ...current,
    metadata: { ...current.metadata, deletionTimestamp: timestamp() },
    status: { phase: 'Terminating' },
  }));
}

function success({ plural, group }: Resource, { metadata }: KubeObject): object {
  const details = { name: metadata.name, ...(group ? { group } : {}), kind: plural, uid: metadata.uid };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}

function deleteOptions(req: Request): DeleteOptions {
  const body = bodyOptions(req);
  const preconditions = isObject(body['preconditions']) ? body['preconditions'] : {};
  const dryRun = Array.isArray(body['dryRun']) ? body['dryRun'].length > 0 : text(req, 'dryRun') === 'All';
  return {
    propagation: propagation(body, req),
    graceSeconds: whole(body['gracePeriodSeconds']) ?? integer(req, 'gracePeriodSeconds'),
    uid: string(preconditions['uid']),
    resourceVersion: string(preconditions['resourceVersion']),
    dryRun,
  };
}

function bodyOptions(req: Request): Record<string, unknown> {
  const body = rawBody(req);
  if (body === '') return {};
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : {};
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ApiError(500, '', `couldn't get version/kind; json parse error: ${why}`);
  }
}

function propagation(body: Record<string, unknown>, req: Request): Propagation | undefined {
  const orphan = body['orphanDependents'];
  if (typeof orphan === 'boolean') return orphan ? 'Orphan' : 'Background';
  const given = body['propagationPolicy'] ?? text(req, 'propagationPolicy');
  if (given === undefined || given === '' || given === null) return undefined;
  const known = POLICIES.find((policy) => policy === given);
  if (known) return known as Propagation;
  const cause = notSupported('propagationPolicy', given, [...POLICIES, 'nil']);
  throw invalid({ kind: 'DeleteOptions', group: 'meta.k8s.io' }, '', [cause]);
}

function checkPreconditions(
  resource: Resource,
  { metadata }: KubeObject,
  { uid, resourceVersion }: DeleteOptions,
): void {
  if (uid !== undefined && uid !== metadata.uid) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`;
    throw conflict(resource, metadata.name, why);
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    const why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`;
    throw conflict(resource, metadata.name, why);
  }
}

function whole(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? value : undefined;
}

function string(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
