import { diag } from '@opentelemetry/api';
import type { PodOwner } from './pod-spec.ts';

/**
 * Returns the pod templates of a custom resource, which you can pass to `injectIntoPodSpec`. Never throws. If there is no
 * template, it logs a warning.
 *
 * @param path the path of the templates in the resource: field names, separated by `.`, where `*` stands for each item of a list;
 *   for example, `spec.replicatedJobs.*.template`
 */
export function podOwnersAt(resource: object, path: string): PodOwner[] {
  let found: unknown[] = [resource];
  for (const name of path.split('.')) found = found.flatMap((part) => partsOf(part, name));
  const owners = found.filter((part) => typeof part === 'object' && part !== null) as PodOwner[];
  if (owners.length === 0) {
    diag.warn(
      `Found no pod template at ${JSON.stringify(path)}. Expected field names separated by ".", with "*" for each item of a list.`,
    );
  }
  return owners;
}

function partsOf(part: unknown, name: string): unknown[] {
  if (name === '*') return Array.isArray(part) ? part : [];
  if (part === null || part === undefined || !Object.hasOwn(part, name)) return [];
  return [(part as Record<string, unknown>)[name]];
}
