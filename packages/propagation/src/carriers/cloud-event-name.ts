import { warn } from '../report-once.ts';

/** What an event says of itself. https://github.com/cloudevents/spec/blob/main/cloudevents/spec.md#context-attributes */
const OWN_NAMES = new Set([
  'data',
  'datacontenttype',
  'dataschema',
  'id',
  'source',
  'specversion',
  'subject',
  'time',
  'type',
]);

/**
 * Gives the attribute for a propagator's field: ASCII letters in lower case and digits, without any other character.
 * `x-b3-traceid` → `xb3traceid`.
 * Source: https://github.com/cloudevents/spec/blob/main/cloudevents/spec.md#naming-conventions
 */
export function attributeNameOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()).replaceAll(/[^a-z0-9]/g, '');
}

/** Says whether an attribute may carry context: it has a valid name and isn't what the event says of itself. */
export function isExtensionName(name: string): boolean {
  return /^[a-z0-9]+$/.test(name) && !OWN_NAMES.has(name);
}

/** Says whether an event can hold a field, and warns when it can't. */
export function fitsEvent(field: string): boolean {
  const name = attributeNameOf(field);
  if (isExtensionName(name)) return true;
  warn(
    `Left out ${field}: got the attribute name "${name}". Expected a name that the event doesn't use itself.`,
  );
  return false;
}
