import { invalidValue, notServed, notSupported, required, type Cause } from './causes.ts';

/** Looks at the value of one field and says what is wrong with it; a value that is absent is wrong to `present` alone. */
export type Check = (field: string, value: unknown) => Cause[];

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** The field must be there. */
export const present =
  (hint = ''): Check =>
  (field, value) =>
    isAbsent(value) ? [required(field, hint)] : [];

/** Makes a check of one that takes a value of its type. */
export const given =
  <T>(check: (field: string, value: T) => Cause[]): Check =>
  (field, value) =>
    isAbsent(value) ? [] : check(field, value as T);

const shaped = (shape: RegExp, why: string): Check =>
  given<string>((field, value) => (shape.test(value) ? [] : [invalidValue(field, value, why)]));

export const notNegative = given<number>((field, value) =>
  value >= 0 ? [] : [invalidValue(field, value, 'must be greater than or equal to 0')],
);

export const variableName = shaped(
  /^[\x20-\x3c\x3e-\x7e]+$/,
  "a valid environment variable name must consist only of printable ASCII characters other than '='",
);

export const dataKey = shaped(/^[-._a-zA-Z0-9]+$/, 'a valid config key is needed');

export const oneOf = (...supported: string[]): Check =>
  given<string>((field, value) => (supported.includes(value) ? [] : [notSupported(field, value, supported)]));

/** For a field that Kubernetes serves and this stand-in doesn't; or for a value of it. */
export const unserved: Check = given((field) => [notServed(field)]);

export const unservedValue = (value: string | boolean): Check =>
  given((field, found) => (found === value ? [notServed(field, JSON.stringify(value))] : []));
