import type { PodOwner } from './pod-spec.ts';
import { attempt, warn } from './report-once.ts';

/**
 * Returns the pod templates of a custom resource, such as a JobSet, which is a group of Jobs. Pass each of them to
 * `injectIntoPodSpec`. Never throws. If there is no template, it logs a warning.
 *
 * @param path the path of the templates in the resource: field names, separated by `.`, where `*` stands for each item of a
 *   list or map; for example, `spec.replicatedJobs.*.template`
 */
export function podOwnersAt(resource: object, path: string): PodOwner[] {
  const found = attempt('find a pod template', () => partsAt(resource, path)) ?? [];
  const owners = found.filter((part) => typeof part === 'object' && part !== null) as PodOwner[];
  if (owners.length === 0) {
    warn(
      `Found no pod template at ${JSON.stringify(path)}. Expected field names separated by ".", with "*" for each item of a list or map.`,
    );
  }
  return owners;
}

function partsAt(resource: object, path: string): unknown[] {
  let found: unknown[] = [resource];
  for (const name of path.split('.')) found = found.flatMap((part) => partsOf(part, name));
  return found;
}

function partsOf(part: unknown, name: string): unknown[] {
  // A PyTorchJob has its templates in a map, keyed by the role of the pods.
  if (name === '*') return typeof part === 'object' && part !== null ? Object.values(part) : [];
  if (part === null || part === undefined || !Object.hasOwn(part, name)) return [];
  return [(part as Record<string, unknown>)[name]];
}
