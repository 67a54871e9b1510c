import { isDeepStrictEqual } from 'node:util';
import type { Request, Response } from 'express';
import type { KubeObject, ObjectMeta } from '../objects.ts';
import type { Store } from '../store/store.ts';
import { decode } from '../validation/decode.ts';
import { without } from '../without.ts';
import { conflict, invalid } from './api-error.ts';
import { kindFor } from './kinds.ts';
import { patchOf } from './patch-body.ts';
import { findOrFail, type Target } from './read.ts';
import { formFor, represent } from './representation.ts';
import { addWarnings, reportUnknown, writeOptions } from './write-options.ts';

const STALE = 'the object has been modified; please apply your changes to the latest version and try again';

/** Answers a patch. What changes is labels, annotations and the spec: the rest is not the caller's. */
export function patchObject(store: Store, target: Target, req: Request, res: Response): void {
  const form = formFor(req);
  const { resource } = target;
  const patch = patchOf(req);
  const options = writeOptions(req);
  const current = findOrFail(store, target);
  const { value, unknownFields } = decode(resource.kind, patch(current));
  reportUnknown(resource.kind, unknownFields, options, res);
  const next = changed(current, value);
  if (next.metadata.resourceVersion !== current.metadata.resourceVersion)
    throw conflict(resource, current.metadata.name, STALE);
  const kind = kindFor(resource.plural);
  const causes = kind.changeCauses(current, next);
  if (causes.length > 0) throw invalid(resource, current.metadata.name, causes);
  addWarnings(res, kind.warnings(next));
  const unchanged = options.dryRun || isDeepStrictEqual(next, current);
  const stored = unchanged ? next : store.update(resource.plural, current, () => next);
  res.json(represent(stored ?? next, resource, form));
}

function changed(current: KubeObject, value: Record<string, unknown>): KubeObject {
  const { labels, annotations, resourceVersion } = (value['metadata'] ?? {}) as Partial<ObjectMeta>;
  const before = 'spec' in current ? current.spec : undefined;
  const spec = value['spec'] ?? before;
  const isNew = !isDeepStrictEqual(spec, before);
  const kept = without(current.metadata, 'labels', 'annotations');
  const metadata = {
    ...kept,
    ...(isNew ? { generation: (kept.generation ?? 1) + 1 } : {}),
    ...(labels ? { labels } : {}),
    ...(annotations ? { annotations } : {}),
    resourceVersion: resourceVersion ?? kept.resourceVersion,
  };
  return isNew ? Object.assign({}, current, { metadata, spec }) : { ...current, metadata };
}
