import type { KubeObject, ResourceName } from '../objects.ts';
import { isObject } from '../validation/decode.ts';

const COMMON = ['metadata.name', 'metadata.namespace'];
const EVENT_FIELDS = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'];

/** What a field selector may name, of each resource. */
const FIELDS: Readonly<Record<ResourceName, readonly string[]>> = {
  namespaces: ['status.phase'],
  secrets: ['type'],
  jobs: ['status.successful'],
  pods: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  events: [
    ...EVENT_FIELDS.map((name) => `involvedObject.${name}`),
    'reason',
    'type',
    'source',
    'reportingComponent',
  ],
};
// Fields whose selector has another name, and those that have a value while they are absent.
const PATHS: Readonly<Record<string, string>> = {
  'status.successful': 'status.succeeded',
  source: 'source.component',
};
const DEFAULTS: Readonly<Record<string, string>> = { 'status.successful': '0', 'spec.hostNetwork': 'false' };

/** Reads the named field of an object of this resource; undefined when nothing can be selected by it. */
export function fieldReader(
  resource: ResourceName,
  field: string,
): ((object: KubeObject) => string) | undefined {
  if (![...COMMON, ...FIELDS[resource]].includes(field)) return undefined;
  const path = (PATHS[field] ?? field).split('.');
  return (object) => {
    const value = path.reduce<unknown>((at, name) => (isObject(at) ? at[name] : undefined), object);
    if (value === undefined) return DEFAULTS[field] ?? '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
}
