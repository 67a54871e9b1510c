import type { KubeObject } from '../objects.ts';
import { badRequest } from './api-error.ts';
import type { Resource } from './resources.ts';
import { fieldReader } from './selectable-fields.ts';

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

/** @throws {ApiError} 400 on what is no label selector. */
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

/** @throws {ApiError} 400 on what is no field selector, or on a field that this resource cannot be selected by. */
export function fieldSelector(text: string, resource: Resource): Selector {
  const terms = text
    .split(',')
    .filter(Boolean)
    .map((part) => fieldTerm(part, resource));
  return (object) => terms.every((holds) => holds(object));
}

function fieldTerm(text: string, { plural, kind }: Resource): Selector {
  const [, field = '', operator, value = ''] = /^([^=!]+?)(!=|==|=)(.*)$/.exec(text) ?? [];
  if (!field) throw badRequest(`invalid selector: '${text}'; can't understand '${text}'`);
  const read = fieldReader(plural, field);
  if (!read) {
    const unsupported = 'not supported';
    throw badRequest(
      kind === 'Pod'
        ? `field label ${unsupported}: ${field}`
        : `field label "${field}" ${unsupported} for ${kind}`,
    );
  }
  return (object) => (read(object) === value) === (operator !== '!=');
}
