import { z } from 'zod';
import type { Variable } from '@beyond-headers/telemetry/variables';
import { code, table } from '../page.ts';

/** A variable as the page shows it. */
export interface Row {
  name: string;
  description: string;
  default: string;
  allowed: string;
}

type Property = z.core.JSONSchema.BaseSchema;

/** Of a variable whose value no process checks. */
const ANY_TEXT = 'any text';

/** The variables of a config schema: what zod knows of each, in the order of the schema. Throws where a description is missing. */
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

/** The variables of a table that is declared without zod. */
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
  if (field.enum) return field.enum.map((value) => code(String(value))).join(', ');
  if (field.type === 'integer' || field.type === 'number') return rangeOf(field);
  return field.pattern || field.format ? refusal() : ANY_TEXT;
}

function rangeOf({ minimum, exclusiveMinimum, maximum }: Property): string {
  if (exclusiveMinimum !== undefined) return `more than ${exclusiveMinimum}`;
  // zod says of each integer that it is a safe one.
  if (maximum === undefined || maximum === Number.MAX_SAFE_INTEGER)
    return `${minimum ?? 'any number'} or more`;
  return `${minimum} to ${maximum}`;
}

/** What the process itself says that it expects, when it gets something else. */
function refusalOf(schema: z.ZodObject, name: string): string {
  const field = schema.shape[name] as z.ZodType;
  const message = field.safeParse('\0').error?.issues[0]?.message ?? '';
  if (!/^expected /i.test(message))
    throw new Error(`${name} does not say what it expects: got "${message}".`);
  return message.replace(/^expected /i, '');
}
