import { invalidValue, notServed, notSupported, required, type Cause } from './causes.ts';

/** Returns what is wrong with the value of one field. In this file, only `present` reports a missing value. */
export type Check = (field: string, value: unknown) => Cause[];

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Requires a value that is not empty. */
export const present =
  (hint = ''): Check =>
  (field, value) =>
    isAbsent(value) ? [required(field, hint)] : [];

/** Turns a check of a typed value into a `Check` that ignores a missing value. */
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

/** Refuses a field that Kubernetes serves and this stand-in doesn't. `unservedValue` refuses only one value of a field. */
export const unserved: Check = given((field) => [notServed(field)]);

export const unservedValue = (value: string | boolean): Check =>
  given((field, found) => (found === value ? [notServed(field, JSON.stringify(value))] : []));
