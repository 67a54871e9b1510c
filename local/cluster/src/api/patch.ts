import { isDeepStrictEqual } from 'node:util';
import type { Request, Response } from 'express';
import type { KubeObject, ObjectMeta } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { invalid, stale } from './api-error.ts';
import { kindFor } from './kinds.ts';
import { patchOf } from './patch-body.ts';
import { findOrFail, type Target } from './read.ts';
import { formFor, represent } from './representation.ts';
import { decodeBody } from './write-options.ts';

/** Handles a patch request. Changes only labels, annotations, and the spec, because callers can't set anything else. */
export function patchObject(store: Store, target: Target, req: Request, res: Response): void {
  const form = formFor(req);
  const { resource } = target;
  const patch = patchOf(req);
  const current = findOrFail(store, target);
  const { name, resourceVersion } = current.metadata;
  // Patches a copy in JSON form: as on the wire, it lacks undefined members, and the stored object stays unchanged.
  const patched = patch(JSON.parse(JSON.stringify(current)) as KubeObject);
  const next = changed(current, decodeBody(resource.kind, patched, req, res));
  if (next.metadata.resourceVersion !== resourceVersion) throw stale(resource, name);
  const causes = kindFor(resource.plural).changeCauses(current, next);
  if (causes.length > 0) throw invalid(resource, name, causes);
  const stored = store.update(resource.plural, current, () => next);
  res.json(represent(stored ?? next, resource, form));
}

function changed(current: KubeObject, value: Record<string, unknown>): KubeObject {
  const { labels, annotations, ...given } = (value['metadata'] ?? {}) as Partial<ObjectMeta>;
  const { generation = 1, resourceVersion } = current.metadata;
  const before = 'spec' in current ? current.spec : undefined;
  const spec = value['spec'] ?? before;
  const isNew = !isDeepStrictEqual(spec, before);
  const metadata = {
    ...current.metadata,
    labels,
    annotations,
    resourceVersion: given.resourceVersion ?? resourceVersion,
  };
  if (!isNew) return { ...current, metadata };
  return Object.assign({}, current, { metadata: { ...metadata, generation: generation + 1 }, spec });
}
