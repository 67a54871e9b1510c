import { spanKinds, statusCodes } from '../tree/span.ts';
import type { Expected, ExpectedSpan } from './expected-span.ts';
import { show } from '../tree/show.ts';

/** Converts the short form of an expectation to the long one. */
export function toExpectedSpan(expected: Expected): ExpectedSpan {
  return typeof expected === 'string' ? fromLabel(expected) : expected;
}

/** Parses a label such as `writer SERVER POST /orders`. A text without a kind in second place is only a name. */
function fromLabel(label: string): ExpectedSpan {
  const [service = '', kind = '', ...name] = label.split(' ');
  const known = spanKinds.find((each) => each === kind);
  if (known === undefined || name.length === 0) return { name: label };
  return { service, kind: known, name: name.join(' ') };
}

/** The path to a value in a file: names of fields and indexes of lists. */
export type ExpectationPath = readonly (string | number)[];

/** An invalid expectation, with its path in the file. */
export class ExpectationError extends TypeError {
  readonly path: ExpectationPath;
  /** Whether the error is in the name of the path's last field, and not in its value. */
  readonly isAboutName: boolean;

  constructor(message: string, path: ExpectationPath, isAboutName = false) {
    super(message);
    this.path = path;
    this.isAboutName = isAboutName;
  }
}

/**
 * Checks the content of a YAML or JSON file. A node is a label, or an object with the fields of an `ExpectedSpan`. In the object,
 * `span: <label>` may replace `service`, `kind`, and `name`. Throws an `ExpectationError` that names the position.
 */
export function readExpected(value: unknown, place = 'the root', path: ExpectationPath = []): ExpectedSpan {
  if (typeof value === 'string') return fromLabel(value);
  if (!isObject(value)) throw refusal(place, value, 'a label or an object', path);
  for (const [field, content] of Object.entries(value)) checkField(field, content, place, path);
  const { span, children, ...rest } = value;
  if (span === undefined && rest.name === undefined)
    throw refusal(place, value, 'a text in "span" or in "name"', path);
  return {
    ...(typeof span === 'string' ? fromLabel(span) : {}),
    ...rest,
    ...(Array.isArray(children)
      ? { children: readAll(children, `${place}.children`, [...path, 'children']) }
      : {}),
  } as ExpectedSpan;
}

function readAll(children: readonly unknown[], place: string, path: ExpectationPath): ExpectedSpan[] {
  return children.map((child, index) => readExpected(child, `${place}[${index}]`, [...path, index]));
}

interface Rule {
  accepts: (value: unknown) => boolean;
  expected: string;
}

const text: Rule = { accepts: (value) => typeof value === 'string', expected: 'a text' };

const rules: Record<string, Rule> = {
  span: text,
  name: text,
  service: text,
  kind: oneOf(spanKinds),
  status: oneOf(statusCodes),
  attributes: { accepts: isObject, expected: 'an object' },
  links: { accepts: (value) => isCount(value) || isTexts(value), expected: 'a number or a list of labels' },
  count: { accepts: (value) => isCount(value) || isRange(value), expected: 'a number or {min, max}' },
  optional: { accepts: (value) => typeof value === 'boolean', expected: 'true or false' },
  children: { accepts: Array.isArray, expected: 'a list' },
};

function checkField(field: string, value: unknown, place: string, parent: ExpectationPath): void {
  const path = [...parent, field];
  const rule = Object.hasOwn(rules, field) ? rules[field] : undefined;
  if (!rule) throw refusal(place, field, `one of the fields ${Object.keys(rules).join(', ')}`, path, true);
  if (!rule.accepts(value)) throw refusal(`${place}.${field}`, value, rule.expected, path);
}

function oneOf(words: readonly string[]): Rule {
  return { accepts: (value) => words.includes(value as string), expected: words.join(', ') };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}

function isRange(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.entries(value).every(([name, bound]) => ['min', 'max'].includes(name) && isCount(bound))
  );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function refusal(
  place: string,
  received: unknown,
  expected: string,
  path: ExpectationPath,
  isAboutName = false,
): ExpectationError {
  const message = `Failed to read ${place}: got ${show(received)}. Expected ${expected}.`;
  return new ExpectationError(message, path, isAboutName);
}
