import { invalidValue, tooLong, type Cause } from './causes.ts';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const KEY_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${KEY_NAME})?`;
const MAX_ANNOTATIONS_BYTES = 256 * 1024;

/** A pattern that a text must match, and the API server's wording of the rule. */
interface Shape {
  pattern: string;
  maxLength: number;
  rule: string;
}

const ENDS = 'and must start and end with an alphanumeric character';
const shape = (maxLength: number, pattern: string, consistsOf: string, examples: string): Shape => ({
  pattern,
  maxLength,
  rule: `${consistsOf}, ${ENDS} (e.g. ${examples}, regex used for validation is '${pattern}')`,
});
const LOWER = 'must consist of lower case alphanumeric characters';
const UPPER = "must consist of alphanumeric characters, '-', '_' or '.'";
const NAME = `a lowercase RFC 1123 subdomain ${LOWER}, '-' or '.'`;
const CONTAINER = `a lowercase RFC 1123 label ${LOWER} or '-'`;
const VALUE = `a valid label must be an empty string or ${UPPER.slice('must '.length)}`;
const SUBDOMAIN_SHAPE = shape(253, SUBDOMAIN, NAME, "'example.com'");
const LABEL_SHAPE = shape(63, LABEL, CONTAINER, "'my-name',  or '123-abc'");
const KEY_SHAPE = shape(63, KEY_NAME, `name part ${UPPER}`, "'MyName',  or 'my.name',  or '123-abc'");
const VALUE_SHAPE = shape(63, LABEL_VALUE, VALUE, "'MyValue',  or 'my_value',  or '12345'");

function shaped(field: string, text: string, { pattern, maxLength, rule }: Shape, shown = text): Cause[] {
  if (text.length > maxLength)
    return [invalidValue(field, shown, `must be no more than ${maxLength} characters`)];
  return new RegExp(`^${pattern}$`).test(text) ? [] : [invalidValue(field, shown, rule)];
}

/** Validates the name of most objects: a DNS subdomain. */
export function subdomainCauses(field: string, name: string): Cause[] {
  return shaped(field, name, SUBDOMAIN_SHAPE);
}

/** Validates the name of a container: a DNS label. */
export function labelNameCauses(field: string, name: string): Cause[] {
  return shaped(field, name, LABEL_SHAPE);
}

/** Validates the key of a label or an annotation: a name, after an optional domain and a slash. */
export function keyCauses(field: string, key: string): Cause[] {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? 'none' : key.slice(0, slash);
  const inPrefix = { ...SUBDOMAIN_SHAPE, rule: `prefix part ${SUBDOMAIN_SHAPE.rule}` };
  return [...shaped(field, prefix, inPrefix, key), ...shaped(field, key.slice(slash + 1), KEY_SHAPE, key)];
}

export function labelsCauses(field: string, labels: Record<string, string> = {}): Cause[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...keyCauses(field, key),
    ...shaped(field, value, VALUE_SHAPE),
  ]);
}

export function annotationsCauses(field: string, annotations: Record<string, string> = {}): Cause[] {
  // The domain of an annotation's key may be uppercase, because the API server validates the key in lowercase.
  const keys = Object.keys(annotations).flatMap((key) => keyCauses(field, key.toLowerCase()));
  const bytes = Buffer.byteLength(Object.entries(annotations).flat().join(''));
  return bytes > MAX_ANNOTATIONS_BYTES ? [...keys, tooLong(field, MAX_ANNOTATIONS_BYTES)] : keys;
}
