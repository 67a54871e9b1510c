import type { ResourceName } from '../objects.ts';

export type Verb = 'create' | 'delete' | 'get' | 'list' | 'patch' | 'watch';

/** A resource that the API serves. Discovery and routes are derived from the table below. */
export interface Resource {
  plural: ResourceName;
  kind: string;
  /** '' for the core group. */
  group: string;
  namespaced: boolean;
  verbs: readonly Verb[];
  shortNames: readonly string[];
  categories?: readonly string[];
  /** The subresource that can be read. */
  subresource?: 'log' | 'status';
}

const READ: readonly Verb[] = ['get', 'list', 'watch'];
const core = { group: '', namespaced: true, verbs: READ, shortNames: [] as string[] };
const work = { ...core, verbs: ['create', 'delete', 'patch', ...READ] as const, categories: ['all'] };

export const RESOURCES: readonly Resource[] = [
  { ...core, plural: 'namespaces', kind: 'Namespace', namespaced: false, shortNames: ['ns'] },
  { ...work, plural: 'pods', kind: 'Pod', shortNames: ['po'], subresource: 'log' },
  { ...core, plural: 'events', kind: 'Event', shortNames: ['ev'] },
  { ...core, plural: 'secrets', kind: 'Secret', verbs: ['create', 'delete', ...READ] },
  { ...work, plural: 'jobs', kind: 'Job', group: 'batch', subresource: 'status' },
];

/** `v1` or `batch/v1`. */
export function apiVersionOf({ group }: Resource): string {
  return group ? `${group}/v1` : 'v1';
}

/** Returns the start of a group's paths: `/api/v1` or `/apis/batch/v1`. */
export function rootOf(group: string): string {
  return group ? `/apis/${group}/v1` : '/api/v1';
}

/** @throws {Error} when no resource has the name. */
export function resourceNamed(plural: ResourceName): Resource {
  const found = RESOURCES.find((one) => one.plural === plural);
  if (!found) throw new Error(`No resource is called "${plural}".`);
  return found;
}
