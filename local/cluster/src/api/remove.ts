import type { Request, Response } from 'express';
import { deleteJob, type Propagation } from '../controllers/job-deletion.ts';
import { requestPodDeletion } from '../controllers/pod-deletion.ts';
import type { Job, KubeObject, Pod } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { notSupported } from '../validation/causes.ts';
import { decode } from '../validation/decode.ts';
import { invalid } from './api-error.ts';
import { manifestOf, rawBody } from './body.ts';
import { integer, refuseOptions, text } from './query.ts';
import { findOrFail, type Target } from './read.ts';
import { formFor, represent } from './representation.ts';
import type { Resource } from './resources.ts';

/** Options in a request's query and body. The body takes precedence. */
interface DeleteOptions {
  propagationPolicy?: string | undefined;
  gracePeriodSeconds?: number | undefined;
}

const POLICIES = ['Foreground', 'Background', 'Orphan'];

/** Handles a delete request. Responds with the object for a pod and for a Job that got a finalizer, and with a success Status otherwise. */
export function deleteObject(store: Store, target: Target, req: Request, res: Response): void {
  const form = formFor(req);
  const { resource } = target;
  const options = deleteOptions(req);
  const policy = propagation(options);
  const object = findOrFail(store, target);
  const left = remove(store, resource, object, policy, options.gracePeriodSeconds);
  res.json(left ? represent(left, resource, form) : success(resource, object));
}

/** Returns the object to respond with, or undefined for a success Status. */
function remove(
  store: Store,
  { plural }: Resource,
  object: KubeObject,
  policy: Propagation,
  graceSeconds: number | undefined,
): KubeObject | undefined {
  if (plural === 'jobs') return deleteJob(store, object as Job, policy);
  if (plural === 'pods') return removePod(store, object as Pod, graceSeconds);
  store.remove(plural, object);
  return undefined;
}

function removePod(store: Store, pod: Pod, graceSeconds: number | undefined): Pod {
  const marked = requestPodDeletion(store, pod, graceSeconds) ?? pod;
  if (graceSeconds === 0 && (marked.metadata.finalizers ?? []).length === 0) store.remove('pods', marked);
  return marked;
}

function success({ plural, group }: Resource, { metadata: { name, uid } }: KubeObject): object {
  const details = { name, group: group || undefined, kind: plural, uid };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}

function deleteOptions(req: Request): DeleteOptions {
  const body = rawBody(req) === '' ? {} : manifestOf(req, 'DeleteOptions');
  refuseOptions('DeleteOptions', { ...req.query, ...body }, ['dryRun', 'orphanDependents', 'preconditions']);
  return {
    propagationPolicy: text(req, 'propagationPolicy'),
    gracePeriodSeconds: integer(req, 'gracePeriodSeconds'),
    ...decode('DeleteOptions', body).value,
  };
}

/** Returns the propagation policy. By default, a Job's pods are kept: batch/v1 has this default for backward compatibility. */
function propagation({ propagationPolicy = '' }: DeleteOptions): Propagation {
  if (propagationPolicy === '') return 'Orphan';
  if (POLICIES.includes(propagationPolicy)) return propagationPolicy as Propagation;
  const cause = notSupported('propagationPolicy', propagationPolicy, [...POLICIES, 'nil']);
  throw invalid({ kind: 'DeleteOptions', group: 'meta.k8s.io' }, '', [cause]);
}
