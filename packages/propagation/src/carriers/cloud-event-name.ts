import { leaveOut } from '../report-once.ts';

/** The names that CloudEvents itself defines. https://github.com/cloudevents/spec/blob/main/cloudevents/spec.md#context-attributes */
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
 * Returns the attribute name for a propagator's field. It has only lower-case ASCII letters and digits: `xb3traceid` for
 * `x-b3-traceid`.
 * Source: https://github.com/cloudevents/spec/blob/main/cloudevents/spec.md#naming-conventions
 */
export function attributeNameOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()).replaceAll(/[^a-z0-9]/g, '');
}

/** Reports whether an attribute may carry context: its name is valid, and CloudEvents doesn't define it. */
export function isExtensionName(name: string): boolean {
  return /^[a-z0-9]+$/.test(name) && !OWN_NAMES.has(name);
}

/** Reports whether an event can hold a field, and warns if it can't. */
export function fitsEvent(field: string): boolean {
  const name = attributeNameOf(field);
  if (isExtensionName(name)) return true;
  return leaveOut(
    field,
    `got the attribute name "${name}". Expected a name that the event doesn't use itself.`,
  );
}
