import type { Request, Response } from 'express';
import { deleteJob, type Propagation } from '../controllers/job-deletion.ts';
import { requestPodDeletion } from '../controllers/pod-deletion.ts';
import type { Job, KubeObject, Pod } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { notSupported } from '../validation/causes.ts';
import { decode, isObject } from '../validation/decode.ts';
import { ApiError, conflict, invalid } from './api-error.ts';
import { rawBody } from './body.ts';
import { integer, text } from './query.ts';
import { findOrFail, selectorOf, type Target } from './read.ts';
import { formFor, represent, representList } from './representation.ts';
import type { Resource } from './resources.ts';
import { addWarnings } from './write-options.ts';

/** What a request's body and its query may say; the body wins. */
interface DeleteOptions {
  propagationPolicy?: string | undefined;
  orphanDependents?: boolean;
  gracePeriodSeconds?: number | undefined;
  dryRun?: string[];
  preconditions?: { uid?: string; resourceVersion?: string };
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
  const remove = removal(store, resource, options, res);
  const object = findOrFail(store, target);
  checkPreconditions(resource, object, options);
  const left = options.dryRun ? object : remove(object);
  res.json(left ? represent(left, resource, form) : success(resource, object));
}

export function deleteCollection(store: Store, target: Target, req: Request, res: Response): void {
  const form = formFor(req);
  const { resource, namespace } = target;
  const options = deleteOptions(req);
  const remove = removal(store, resource, options, res);
  const chosen = store.list(resource.plural, namespace).filter(selectorOf(req, target));
  if (!options.dryRun) for (const object of chosen) remove(object);
  res.json(representList(chosen, resource, form, String(store.version)));
}

/** How an object of the resource is removed; what is still there of it is given back. */
function removal(
  store: Store,
  { plural }: Resource,
  options: DeleteOptions,
  res: Response,
): (object: KubeObject) => KubeObject | undefined {
  if (plural === 'pods') return (pod) => removePod(store, pod as Pod, options.gracePeriodSeconds);
  if (plural !== 'jobs')
    return (object) => {
      store.remove(plural, object);
      return undefined;
    };
  const given = propagation(options);
  if (!given) addWarnings(res, [ORPHAN_WARNING]);
  // A Job's pods are kept unless the caller says otherwise: batch/v1 has it so since before propagation policies.
  return (job) => deleteJob(store, job as Job, given ?? 'Orphan');
}

function removePod(store: Store, pod: Pod, graceSeconds: number | undefined): Pod {
  const marked = requestPodDeletion(store, pod, graceSeconds) ?? pod;
  if (graceSeconds === 0 && (marked.metadata.finalizers ?? []).length === 0) store.remove('pods', marked);
  return marked;
}

function success({ plural, group }: Resource, { metadata }: KubeObject): object {
  const details = { name: metadata.name, ...(group ? { group } : {}), kind: plural, uid: metadata.uid };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}

function deleteOptions(req: Request): DeleteOptions {
  return {
    propagationPolicy: text(req, 'propagationPolicy'),
    gracePeriodSeconds: integer(req, 'gracePeriodSeconds'),
    ...(text(req, 'dryRun') === 'All' ? { dryRun: ['All'] } : {}),
    ...decode('DeleteOptions', bodyOptions(req)).value,
  };
}

function bodyOptions(req: Request): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(rawBody(req) || '{}');
    return isObject(parsed) ? parsed : {};
  } catch (error) {
    throw new ApiError(500, '', `couldn't get version/kind; json parse error: ${String(error)}`);
  }
}

function propagation({ orphanDependents, propagationPolicy = '' }: DeleteOptions): Propagation | undefined {
  if (orphanDependents !== undefined) return orphanDependents ? 'Orphan' : 'Background';
  if (propagationPolicy === '') return undefined;
  if (POLICIES.includes(propagationPolicy)) return propagationPolicy as Propagation;
  const cause = notSupported('propagationPolicy', propagationPolicy, [...POLICIES, 'nil']);
  throw invalid({ kind: 'DeleteOptions', group: 'meta.k8s.io' }, '', [cause]);
}

function checkPreconditions(
  resource: Resource,
  { metadata }: KubeObject,
  { preconditions = {} }: DeleteOptions,
): void {
  const { uid = metadata.uid, resourceVersion = metadata.resourceVersion } = preconditions;
  if (uid !== metadata.uid) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`;
    throw conflict(resource, metadata.name, why);
  }
  if (resourceVersion !== metadata.resourceVersion) {
    const why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`;
    throw conflict(resource, metadata.name, why);
  }
}
