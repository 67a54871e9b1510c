import { z } from 'zod';
import type { Variable } from '@beyond-headers/telemetry/variables';
import { code, table } from '../page.ts';

/** A variable, as a row of the page's table. */
export interface Row {
  name: string;
  description: string;
  default: string;
  allowed: string;
}

type Property = z.core.JSONSchema.BaseSchema;

/** The allowed values of a variable that no process validates. */
const ANY_TEXT = 'any text';

/** Returns the variables of a config schema, in the schema's order. Throws if a description is missing. */
export function rowsOfSchema(schema: z.ZodObject): Row[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const field = property as Property;
    if (!field.description) throw new Error(`${name} has no description: add .describe('…') to its schema.`);
    const marks = field['secret'] === true ? ' **A secret.**' : '';
    return {
      name,
      description: `${field.description}${marks}`,
      default: required.includes(name) ? 'none, must be set' : shownDefault(field.default),
      allowed: [allowedOf(field, () => refusalOf(schema, name)), unitOf(field)].filter(Boolean).join(' '),
    };
  });
}

/** Returns the variables of a table that doesn't use zod. */
export function rowsOfTable(variables: Record<string, Variable>): Row[] {
  return Object.entries(variables).map(([name, variable]) => ({
    name,
    description: `${variable.description}${variable.secret ? ' **A secret.**' : ''}`,
    default: shownDefault(variable.default),
    allowed: [variable.expected ?? (variable.unit ? 'a number of' : ANY_TEXT), variable.unit]
      .filter(Boolean)
      .join(' '),
  }));
}

export function variablesTable(rows: readonly Row[]): string {
  return table(
    ['variable', 'default', 'allowed', 'meaning'],
    rows.map((row) => [code(row.name), row.default, row.allowed, row.description]),
  );
}

function shownDefault(value: unknown): string {
  if (value === undefined) return 'unset';
  if (value === '') return 'empty';
  return code(typeof value === 'string' ? value : JSON.stringify(value));
}

function unitOf(field: Property): string | undefined {
  return typeof field['unit'] === 'string' ? field['unit'] : undefined;
}

function allowedOf(field: Property, refusal: () => string): string {
  if (typeof field['allowed'] === 'string') return field['allowed'];
  if (field.enum) return field.enum.map((value) => code(String(value))).join(', ');
  if (field.type === 'integer' || field.type === 'number') return rangeOf(field);
  return field.pattern || field.format ? refusal() : ANY_TEXT;
}

function rangeOf({ minimum, exclusiveMinimum, maximum }: Property): string {
  if (exclusiveMinimum !== undefined) return `more than ${exclusiveMinimum}`;
  // zod gives each integer the maximum safe integer as its maximum.
  if (maximum === undefined || maximum === Number.MAX_SAFE_INTEGER)
    return `${minimum ?? 'any number'} or more`;
  return `${minimum} to ${maximum}`;
}

/** Returns what a variable expects, taken from the error message of the schema. */
function refusalOf(schema: z.ZodObject, name: string): string {
  const field = schema.shape[name] as z.ZodType;
  const message = field.safeParse('\0').error?.issues[0]?.message ?? '';
  if (!/^expected /i.test(message))
    throw new Error(`${name} does not say what it expects: got "${message}".`);
  return message.replace(/^expected /i, '');
}
