import { isDeepStrictEqual } from 'node:util';
import type { Request, Response } from 'express';
import type { Job, KubeObject } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { invalidValue } from '../validation/causes.ts';
import { decode, isObject } from '../validation/decode.ts';
import { jobCauses } from '../validation/job-causes.ts';
import { labelsCauses } from '../validation/names.ts';
import { ApiError, badRequest, invalid, type Cause } from './api-error.ts';
import { rawBody } from './body.ts';
import { createOptions } from './create.ts';
import { applyJsonPatch } from './json-patch.ts';
import { findOrFail, type Target } from './read.ts';
import { formFor, represent } from './representation.ts';

const JSON_PATCH = 'application/json-patch+json';
const MERGE_TYPES = ['application/merge-patch+json', 'application/strategic-merge-patch+json'];
const IMMUTABLE = [
  'completions',
  'completionMode',
  'selector',
  'template',
  'manualSelector',
  'podFailurePolicy',
];

/**
 * Answers a JSON patch or a merge patch. A strategic one is taken as a plain one: they differ only in lists, and those of a Job are in its template,
 * which cannot be changed. Of other objects only labels and annotations can.
 */
export function patchObject(store: Store, target: Target, req: Request, res: Response): void {
  const form = formFor(req);
  const { resource } = target;
  const patch = patchOf(req);
  const { dryRun } = createOptions(req);
  const current = findOrFail(store, target);
  const merged = patch(current);
  const { labels, annotations } = (merged['metadata'] ?? {}) as KubeObject['metadata'];
  const metadata = {
    ...current.metadata,
    ...(labels ? { labels } : {}),
    ...(annotations ? { annotations } : {}),
  };
  const next =
    resource.plural === 'jobs' ? patchedJob(current as Job, merged, metadata) : { ...current, metadata };
  const causes =
    resource.plural === 'jobs'
      ? jobChangeCauses(current as Job, next as Job)
      : labelsCauses('metadata.labels', labels);
  if (causes.length > 0) throw invalid(resource, current.metadata.name, causes);
  const unchanged = dryRun || isDeepStrictEqual(next, current);
  const stored = unchanged ? next : store.update(resource.plural, current, () => next);
  res.json(represent(stored ?? next, resource, form));
}

/** The change that the request asks for, checked before anything is looked up. */
function patchOf(req: Request): (current: KubeObject) => Record<string, unknown> {
  const type = (req.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
  if (type === JSON_PATCH) {
    const operations = parsed(req);
    return (current) => applyJsonPatch(current, operations);
  }
  if (!MERGE_TYPES.includes(type))
    throw new ApiError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  const patch = parsed(req);
  if (!isObject(patch)) throw badRequest('error decoding patch: expected a JSON object');
  return (current) => merge(current, patch) as Record<string, unknown>;
}

function parsed(req: Request): unknown {
  try {
    return JSON.parse(rawBody(req));
  } catch (error) {
    throw badRequest(`error decoding patch: ${String(error)}`);
  }
}

function merge(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}

function patchedJob(current: Job, merged: Record<string, unknown>, metadata: KubeObject['metadata']): Job {
  const spec = (decode('Job', merged).value as unknown as Job).spec ?? current.spec;
  const changed = !isDeepStrictEqual(spec, current.spec);
  const generation = (metadata.generation ?? 1) + (changed ? 1 : 0);
  return { ...current, metadata: { ...metadata, generation }, spec: changed ? spec : current.spec };
}

function jobChangeCauses(before: Job, after: Job): Cause[] {
  const frozen = IMMUTABLE.filter((field) => !isDeepStrictEqual(before.spec[field], after.spec[field]));
  return [
    ...jobCauses(after),
    ...frozen.map((field) => invalidValue(`spec.${field}`, after.spec[field], 'field is immutable')),
  ];
}
