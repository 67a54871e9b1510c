import type { ClusterEvent, KubeObject, ObjectTypes, ResourceName } from '../objects.ts';
import type { Resource } from './resources.ts';

type Fields<T extends KubeObject> = Readonly<Record<string, (object: T) => string>>;

const common: Fields<KubeObject> = {
  'metadata.name': ({ metadata }) => metadata.name,
  'metadata.namespace': ({ metadata }) => metadata.namespace ?? '',
};

const reference = (key: keyof ClusterEvent['involvedObject']) => (event: ClusterEvent) =>
  event.involvedObject[key] ?? '';

/** What a field selector may name, of each resource. */
const FIELDS: { [R in ResourceName]: Fields<ObjectTypes[R]> } = {
  configmaps: common,
  namespaces: { ...common, 'status.phase': ({ status }) => status.phase },
  secrets: { ...common, type: (secret) => ('type' in secret ? String(secret.type) : '') },
  jobs: { ...common, 'status.successful': ({ status }) => String(status.succeeded ?? 0) },
  pods: {
    ...common,
    'spec.nodeName': ({ spec }) => spec.nodeName ?? '',
    'spec.restartPolicy': ({ spec }) => spec.restartPolicy ?? '',
    'spec.schedulerName': ({ spec }) => spec.schedulerName ?? '',
    'spec.serviceAccountName': ({ spec }) => spec.serviceAccountName ?? '',
    'spec.hostNetwork': ({ spec }) => String(spec.hostNetwork ?? false),
    'status.phase': ({ status }) => status.phase,
    'status.podIP': ({ status }) => status.podIP ?? '',
    'status.nominatedNodeName': () => '',
  },
  events: {
    ...common,
    'involvedObject.kind': reference('kind'),
    'involvedObject.namespace': reference('namespace'),
    'involvedObject.name': reference('name'),
    'involvedObject.uid': reference('uid'),
    'involvedObject.apiVersion': reference('apiVersion'),
    'involvedObject.resourceVersion': reference('resourceVersion'),
    'involvedObject.fieldPath': reference('fieldPath'),
    reason: ({ reason }) => reason,
    type: ({ type }) => type,
    source: ({ source }) => source.component ?? '',
    reportingComponent: ({ reportingComponent }) => reportingComponent,
  },
};

/** Reads the named field of an object of this resource; undefined when nothing can be selected by it. */
export function fieldReader(
  { plural }: Resource,
  field: string,
): ((object: KubeObject) => string) | undefined {
  // Each table reads the objects of its own resource, which are the ones that it is given.
  const fields = FIELDS[plural] as Fields<KubeObject>;
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}
