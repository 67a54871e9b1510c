import type { KubeObject } from '../objects.ts';
import { badRequest } from './api-error.ts';
import type { Resource } from './resources.ts';
import { fieldReader } from './selectable-fields.ts';

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
  const terms = text
    .split(',')
    .filter(Boolean)
    .map((part) => fieldTerm(part, resource));
  return (object) => terms.every(({ read, value, negated }) => (read(object) === value) !== negated);
}

function fieldTerm(
  text: string,
  resource: Resource,
): { read: (object: KubeObject) => string; value: string; negated: boolean } {
  const [, field = '', operator, value = ''] = /^([^=!]+?)(!=|==|=)(.*)$/.exec(text) ?? [];
  if (!field) throw badRequest(`invalid selector: '${text}'; can't understand '${text}'`);
  const read = fieldReader(resource, field);
  if (!read) throw badRequest(unsupported(resource, field));
  return { read, value, negated: operator === '!=' };
}

function unsupported({ kind }: Resource, field: string): string {
  return kind === 'Pod'
    ? `field label not supported: ${field}`
    : `field label "${field}" not supported for ${kind}`;
}
