import type { ResourceName } from '../objects.ts';

export type Verb = 'create' | 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'watch';

/** One kind of object that the API serves; the table below is all that discovery, routes and selectors know about it. */
export interface Resource {
  plural: ResourceName;
  singular: string;
  kind: string;
  /** '' for the core group. */
  group: string;
  namespaced: boolean;
  verbs: Verb[];
  shortNames: string[];
  categories?: string[];
  subresources?: { name: string; verbs: string[] }[];
}

const READ: Verb[] = ['get', 'list', 'watch'];

export const RESOURCES: readonly Resource[] = [
  {
    plural: 'namespaces',
    singular: 'namespace',
    kind: 'Namespace',
    group: '',
    namespaced: false,
    verbs: ['create', 'delete', ...READ],
    shortNames: ['ns'],
  },
  {
    plural: 'pods',
    singular: 'pod',
    kind: 'Pod',
    group: '',
    namespaced: true,
    verbs: ['delete', 'deletecollection', 'patch', ...READ],
    shortNames: ['po'],
    categories: ['all'],
    subresources: [{ name: 'log', verbs: ['get'] }],
  },
  {
    plural: 'events',
    singular: 'event',
    kind: 'Event',
    group: '',
    namespaced: true,
    verbs: [...READ],
    shortNames: ['ev'],
  },
  {
    plural: 'secrets',
    singular: 'secret',
    kind: 'Secret',
    group: '',
    namespaced: true,
    verbs: ['create', 'delete', ...READ],
    shortNames: [],
  },
  {
    plural: 'configmaps',
    singular: 'configmap',
    kind: 'ConfigMap',
    group: '',
    namespaced: true,
    verbs: ['create', 'delete', ...READ],
    shortNames: ['cm'],
  },
  {
    plural: 'jobs',
    singular: 'job',
    kind: 'Job',
    group: 'batch',
    namespaced: true,
    verbs: ['create', 'delete', 'deletecollection', 'patch', ...READ],
    shortNames: [],
    categories: ['all'],
    subresources: [{ name: 'status', verbs: ['get'] }],
  },
];

export function findResource(group: string, plural: string): Resource | undefined {
  return RESOURCES.find((one) => one.group === group && one.plural === plural);
}

export function resourceNamed(plural: string): Resource {
  const found = RESOURCES.find((one) => one.plural === plural);
  if (!found)
    throw new Error(
      `No resource is called "${plural}". Expected one of ${RESOURCES.map((one) => one.plural).join(', ')}.`,
    );
  return found;
}

export function apiVersionOf({ group }: Resource): string {
  return group ? `${group}/v1` : 'v1';
}
