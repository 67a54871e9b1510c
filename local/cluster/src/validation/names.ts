import type { Cause } from '../api/api-error.ts';
import { invalidValue, tooLong } from './causes.ts';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const KEY_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${KEY_NAME})?`;
const MAX_NAME = 253;
const MAX_LABEL = 63;
const MAX_ANNOTATIONS_BYTES = 256 * 1024;

const SUBDOMAIN_RULE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an " +
  `alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`;
const LABEL_RULE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an " +
  `alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`;
const KEY_RULE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  `(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${KEY_NAME}')`;
const VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
  `alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${LABEL_VALUE}')`;

function shaped(text: string, pattern: string): boolean {
  return new RegExp(`^${pattern}$`).test(text);
}

/** A name of most objects: a DNS subdomain. */
export function subdomainCauses(field: string, name: string): Cause[] {
  if (name.length > MAX_NAME)
    return [invalidValue(field, name, `must be no more than ${MAX_NAME} characters`)];
  return shaped(name, SUBDOMAIN) ? [] : [invalidValue(field, name, SUBDOMAIN_RULE)];
}

/** A name of a container, a volume or a namespace: a DNS label. */
export function labelNameCauses(field: string, name: string): Cause[] {
  if (name.length > MAX_LABEL)
    return [invalidValue(field, name, `must be no more than ${MAX_LABEL} characters`)];
  return shaped(name, LABEL) ? [] : [invalidValue(field, name, LABEL_RULE)];
}

/** The key of a label or an annotation: an optional domain, a slash, a name. */
export function keyCauses(field: string, key: string): Cause[] {
  const slash = key.indexOf('/');
  const name = key.slice(slash + 1);
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const domain =
    prefix === undefined || shaped(prefix, SUBDOMAIN)
      ? []
      : [invalidValue(field, key, `prefix part ${SUBDOMAIN_RULE}`)];
  if (name.length > MAX_LABEL)
    return [...domain, invalidValue(field, key, `name part must be no more than ${MAX_LABEL} characters`)];
  return shaped(name, KEY_NAME) ? domain : [...domain, invalidValue(field, key, KEY_RULE)];
}

export function labelsCauses(field: string, labels: Record<string, string> = {}): Cause[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...keyCauses(field, key),
    ...labelValueCauses(field, value),
  ]);
}

function labelValueCauses(field: string, value: string): Cause[] {
  if (value.length > MAX_LABEL)
    return [invalidValue(field, value, `must be no more than ${MAX_LABEL} characters`)];
  return shaped(value, LABEL_VALUE) ? [] : [invalidValue(field, value, VALUE_RULE)];
}

export function annotationsCauses(field: string, annotations: Record<string, string> = {}): Cause[] {
  // Annotation keys may have upper case domains, as the API server lowers them before it looks.
  const keys = Object.keys(annotations).flatMap((key) =>
    keyCauses(field, key.toLowerCase()).map((cause) => ({ ...cause })),
  );
  const bytes = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  return bytes > MAX_ANNOTATIONS_BYTES ? [...keys, tooLong(field, MAX_ANNOTATIONS_BYTES)] : keys;
}
