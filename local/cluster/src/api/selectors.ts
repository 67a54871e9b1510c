import type { KubeObject } from '../objects.ts';
import { badRequest } from './api-error.ts';
import type { Resource } from './resources.ts';

export type Selector = (object: KubeObject) => boolean;

type Requirement = (labels: Readonly<Record<string, string>>) => boolean;

// One requirement of a label selector: `key`, `!key`, `key = value`, `key != value`, `key in (a, b)`, `key notin (a, b)`.
const KEY = String.raw`(?:[A-Za-z0-9][-A-Za-z0-9_.]*\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?`;
const VALUE = String.raw`(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?`;
const EXISTS = new RegExp(String.raw`^(!?)\s*(${KEY})$`);
const EQUALITY = new RegExp(String.raw`^(${KEY})\s*(==|=|!=)\s*(${VALUE})$`);
const SET = new RegExp(String.raw`^(${KEY})\s+(in|notin)\s+\(([^()]*)\)$`);
// Commas between requirements, but not those inside the parentheses of a set.
const BETWEEN = /,(?![^()]*\))/;

/** @throws {ApiError} 400 on what is no label selector. */
export function labelSelector(text: string): Selector {
  const requirements = text.trim() === '' ? [] : text.split(BETWEEN).map((part) => requirement(part.trim()));
  return ({ metadata }) => requirements.every((matches) => matches(metadata.labels ?? {}));
}

function requirement(text: string): Requirement {
  return existence(text) ?? equality(text) ?? membership(text) ?? refuse(text);
}

function refuse(text: string): never {
  throw badRequest(
    `unable to parse requirement: found '${text}', expected: identifier, an operator and its values`,
  );
}

function existence(text: string): Requirement | undefined {
  const [, negated = '', key = ''] = EXISTS.exec(text) ?? [];
  if (!key) return undefined;
  return (labels) => (labels[key] !== undefined) === (negated === '');
}

function equality(text: string): Requirement | undefined {
  const [, key = '', operator, value = ''] = EQUALITY.exec(text) ?? [];
  if (!key) return undefined;
  return (labels) => (labels[key] === value) === (operator !== '!=');
}

function membership(text: string): Requirement | undefined {
  const [, key = '', operator, list = ''] = SET.exec(text) ?? [];
  if (!key) return undefined;
  const values = new Set(list.split(',').map((value) => value.trim()));
  return (labels) => {
    const value = labels[key];
    return (value !== undefined && values.has(value)) === (operator === 'in');
  };
}

/** @throws {ApiError} 400 on what is no field selector, or on a field that this resource cannot be selected by. */
export function fieldSelector(text: string, resource: Resource): Selector {
  const terms = text.split(',').filter(Boolean).map(fieldTerm);
  for (const { field } of terms) {
    if (!supported(resource, field)) throw badRequest(unsupported(resource, field));
  }
  return (object) => {
    const fields = fieldsOf(resource, object);
    return terms.every(({ field, value, negated }) => (fields[field] === value) !== negated);
  };
}

function fieldTerm(text: string): { field: string; value: string; negated: boolean } {
  const [, field = '', operator, value = ''] = /^([^=!]+?)(!=|==|=)(.*)$/.exec(text) ?? [];
  if (!field) throw badRequest(`invalid selector: '${text}'; can't understand '${text}'`);
  return { field, value, negated: operator === '!=' };
}

function fieldsOf(resource: Resource, object: KubeObject): Record<string, string> {
  const { name, namespace = '' } = object.metadata;
  return { ...resource.fields(object), 'metadata.name': name, 'metadata.namespace': namespace };
}

function supported(resource: Resource, field: string): boolean {
  // An empty object has every field that a full one has: the tables in resources.ts give each a default.
  const empty = {
    metadata: {},
    spec: {},
    status: {},
    involvedObject: EMPTY_REFERENCE,
    source: {},
  } as unknown as KubeObject;
  return Object.hasOwn(fieldsOf(resource, empty), field);
}

const EMPTY_REFERENCE = {
  kind: '',
  namespace: '',
  name: '',
  uid: '',
  apiVersion: '',
  resourceVersion: '',
  fieldPath: '',
};

function unsupported({ kind }: Resource, field: string): string {
  return kind === 'Pod'
    ? `field label not supported: ${field}`
    : `field label "${field}" not supported for ${kind}`;
}
