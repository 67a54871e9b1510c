import type { KubeObject, ResourceName } from '../objects.ts';
import { isObject } from '../validation/decode.ts';
import { badRequest } from './api-error.ts';
import type { Resource } from './resources.ts';

export type Selector = (object: KubeObject) => boolean;

// One requirement of a label selector: `key`, `!key`, `key = value`, `key != value`, `key in (a, b)`, `key notin (a, b)`.
const KEY = String.raw`(?<key>(?:[A-Za-z0-9][-A-Za-z0-9_.]*\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)`;
const VALUE = String.raw`(?<value>(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?)`;
const REQUIREMENTS = [
  String.raw`(?<not>!?)\s*${KEY}`,
  String.raw`${KEY}\s*(?<operator>==|=|!=)\s*${VALUE}`,
  String.raw`${KEY}\s+(?<operator>in|notin)\s+\((?<values>[^()]*)\)`,
].map((pattern) => new RegExp(`^${pattern}$`));
// Commas between requirements, but not those inside the parentheses of a set.
const BETWEEN = /,(?![^()]*\))/;

/** @throws {ApiError} 400 for text that is not a label selector. */
export function labelSelector(text: string): Selector {
  const parts = text.trim() === '' ? [] : text.split(BETWEEN);
  const requirements = parts.map((part) => requirement(part.trim()));
  return ({ metadata: { labels = {} } }) => requirements.every((holds) => holds(labels));
}

function requirement(text: string): (labels: Record<string, string>) => boolean {
  const found = REQUIREMENTS.map((pattern) => pattern.exec(text)?.groups).find(Boolean);
  if (!found) {
    const expected = 'identifier, an operator and its values';
    throw badRequest(`unable to parse requirement: found '${text}', expected: ${expected}`);
  }
  const { key = '', not, operator, value, values = value ?? '' } = found;
  if (operator === undefined) return (labels) => (labels[key] !== undefined) === (not === '');
  const wanted = new Set(values.split(',').map((one) => one.trim()));
  const positive = ['=', '==', 'in'].includes(operator);
  return ({ [key]: label }) => (label !== undefined && wanted.has(label)) === positive;
}

/** Fields that a field selector can use for each resource, in addition to name and namespace. */
const FIELDS: Readonly<Record<ResourceName, readonly string[]>> = {
  namespaces: ['status.phase'],
  secrets: ['type'],
  jobs: ['status.successful'],
  pods: [
    ...['nodeName', 'restartPolicy', 'schedulerName', 'serviceAccountName', 'hostNetwork'].map(
      (name) => `spec.${name}`,
    ),
    ...['phase', 'podIP', 'nominatedNodeName'].map((name) => `status.${name}`),
  ],
  events: [
    ...['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map(
      (name) => `involvedObject.${name}`,
    ),
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
};

/** The place of a value in the object, if the field of the selector has another name. */
const PLACES: Readonly<Record<string, string>> = {
  'status.successful': 'status.succeeded',
  source: 'source.component',
};
/** The values of fields that an object may lack, if they are not empty. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'status.successful': '0',
  'spec.hostNetwork': 'false',
};

/** @throws {ApiError} 400 for text that is not a field selector, and for a field that this resource cannot be selected by. */
export function fieldSelector(text: string, resource: Resource): Selector {
  const terms = text.split(',').filter(Boolean);
  const requirements = terms.map((part) => fieldRequirement(part, resource));
  return (object) => requirements.every((holds) => holds(object));
}

function fieldRequirement(text: string, { plural, kind }: Resource): Selector {
  const [, field = '', operator, value = ''] = /^([^=!]+?)(!=|==|=)(.*)$/.exec(text) ?? [];
  if (!field) throw badRequest(`invalid selector: '${text}'; can't understand '${text}'`);
  if (!['metadata.name', 'metadata.namespace', ...FIELDS[plural]].includes(field))
    throw badRequest(`field label "${field}" not supported for ${kind}`);
  return (object) => (textAt(object, field) === value) === (operator !== '!=');
}

function textAt(object: KubeObject, field: string): string {
  const value = (PLACES[field] ?? field).split('.').reduce<unknown>(memberOf, object);
  const isText = ['string', 'number', 'boolean'].includes(typeof value);
  return isText ? String(value) : (DEFAULTS[field] ?? '');
}

function memberOf(parent: unknown, name: string): unknown {
  return isObject(parent) ? parent[name] : undefined;
}
