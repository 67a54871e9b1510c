import type { ClusterEvent, Job, KubeObject, Pod } from '../objects.ts';

export type Verb = 'create' | 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'watch';

/** One kind of object that the API serves; the table below is all that discovery, routes and selectors know about it. */
export interface Resource {
  plural: string;
  singular: string;
  kind: string;
  /** '' for the core group. */
  group: string;
  namespaced: boolean;
  verbs: Verb[];
  shortNames: string[];
  categories?: string[];
  subresources?: { name: string; verbs: string[] }[];
  /** Fields that a field selector may name, besides `metadata.name` and `metadata.namespace`. */
  fields(object: KubeObject): Record<string, string>;
}

const READ: Verb[] = ['get', 'list', 'watch'];
const none = (): Record<string, string> => ({});

export const RESOURCES: readonly Resource[] = [
  {
    plural: 'namespaces',
    singular: 'namespace',
    kind: 'Namespace',
    group: '',
    namespaced: false,
    verbs: ['create', 'delete', ...READ],
    shortNames: ['ns'],
    fields: none,
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
    fields: (object) => podFields(object as Pod),
  },
  {
    plural: 'events',
    singular: 'event',
    kind: 'Event',
    group: '',
    namespaced: true,
    verbs: [...READ],
    shortNames: ['ev'],
    fields: (object) => eventFields(object as ClusterEvent),
  },
  {
    plural: 'secrets',
    singular: 'secret',
    kind: 'Secret',
    group: '',
    namespaced: true,
    verbs: ['create', 'delete', ...READ],
    shortNames: [],
    fields: none,
  },
  {
    plural: 'configmaps',
    singular: 'configmap',
    kind: 'ConfigMap',
    group: '',
    namespaced: true,
    verbs: ['create', 'delete', ...READ],
    shortNames: ['cm'],
    fields: none,
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
    fields: (object) => ({ 'status.successful': String((object as Job).status.succeeded ?? 0) }),
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

function podFields({ spec, status }: Pod): Record<string, string> {
  return {
    'spec.nodeName': spec.nodeName ?? '',
    'spec.restartPolicy': spec.restartPolicy ?? '',
    'spec.schedulerName': String(spec['schedulerName'] ?? ''),
    'spec.serviceAccountName': spec.serviceAccountName ?? '',
    'spec.hostNetwork': String(spec['hostNetwork'] ?? false),
    'status.phase': status.phase,
    'status.podIP': status.podIP ?? '',
    'status.nominatedNodeName': '',
  };
}

function eventFields({
  involvedObject,
  reason,
  type,
  source,
  reportingComponent,
}: ClusterEvent): Record<string, string> {
  const about = Object.entries({ fieldPath: '', ...involvedObject }).map(([key, value]) => [
    `involvedObject.${key}`,
    value,
  ]);
  return {
    ...(Object.fromEntries(about) as Record<string, string>),
    reason,
    type,
    reportingComponent,
    source: source.component ?? '',
  };
}
