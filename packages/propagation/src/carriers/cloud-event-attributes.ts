import type { Carrier } from '../carrier.ts';
import { leaveOut } from '../report-once.ts';
import { fieldNames, holdsNothing, readText, removeField, writeField } from './own-fields.ts';

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

/** How a form of a CloudEvent stores its attributes. By default, it is an object that has them as they are. */
interface Form {
  /** What precedes the names of the attributes. */
  prefix?: string;
  encode?: (value: string) => string;
  /** Returns the decoded text of a field. */
  read?: (event: object, name: string) => string | undefined;
  remove?: (event: object, name: string) => void;
}

/** Returns a carrier of the extension attributes in one form of a CloudEvent. */
export function attributeCarrier({
  prefix = '',
  encode = (value) => value,
  read = readText,
  remove = removeField,
}: Form): Carrier<object> {
  const keyOf = (field: string): string => prefix + attributeNameOf(field);
  return {
    nameOf: attributeNameOf,
    set(event, field, value) {
      if (fitsEvent(field)) writeField(event, keyOf(field), encode(value));
    },
    get: (event, field) => (isExtensionName(attributeNameOf(field)) ? read(event, keyOf(field)) : undefined),
    keys: (event) =>
      fieldNames(event)
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length))
        .filter(isExtensionName),
    isEmpty: holdsNothing,
    clear(event, field) {
      if (isExtensionName(attributeNameOf(field))) remove(event, keyOf(field));
    },
  };
}

/**
 * Returns the attribute name for a propagator's field. It has only lower-case ASCII letters and digits: `xb3traceid` for
 * `x-b3-traceid`.
 * Source: https://github.com/cloudevents/spec/blob/main/cloudevents/spec.md#naming-conventions
 */
function attributeNameOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()).replaceAll(/[^a-z0-9]/g, '');
}

/** Reports whether an attribute may carry context: its name is valid, and CloudEvents doesn't define it. */
function isExtensionName(name: string): boolean {
  return /^[a-z0-9]+$/.test(name) && !OWN_NAMES.has(name);
}

/** Reports whether an event can hold a field, and warns if it can't. */
function fitsEvent(field: string): boolean {
  const name = attributeNameOf(field);
  if (isExtensionName(name)) return true;
  return leaveOut(
    field,
    `got the attribute name "${name}". Expected a name that the event doesn't use itself.`,
  );
}
