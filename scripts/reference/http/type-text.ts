import { code } from '../page.ts';

/** The part of a JSON Schema that these pages use. */
export interface JsonSchema {
  $ref?: string;
  type?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  default?: unknown;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  anyOf?: JsonSchema[];
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
}

/** Describes a schema in a few words for a table cell: `integer, 1 to 100, default 20`. */
export function typeText(schema: JsonSchema, isRequired = true): string {
  const words = [formText(schema)];
  if (schema.default !== undefined) words.push(`default ${value(schema.default)}`);
  else if (!isRequired) words.push('optional');
  return words.filter(Boolean).join(', ');
}

function formText(schema: JsonSchema): string {
  if (schema.$ref) return linkTo(schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1));
  if (schema.enum) return schema.enum.map(value).join(', ');
  if (schema.const !== undefined) return value(schema.const);
  if (schema.anyOf) return schema.anyOf.map(formText).join(' or ');
  return [kindText(schema), ...boundsText(schema)].filter(Boolean).join(', ');
}

export function linkTo(name: string): string {
  return `[${name}](#${name.toLowerCase()})`;
}

const value = (given: unknown): string => code(typeof given === 'string' ? given : JSON.stringify(given));

function kindText({ type, items, format, pattern, properties, additionalProperties }: JsonSchema): string {
  if (type === 'array') return `list of ${items ? typeText(items) : 'anything'}`;
  if (properties)
    return Object.keys(properties).length > 0 ? `object with ${fieldsText(properties)}` : 'object';
  if (type === 'object' && typeof additionalProperties === 'object') {
    return ['object with any fields', typeText(additionalProperties)].filter(Boolean).join(': ');
  }
  if (format) return format;
  return pattern ? `${type} ${code(pattern)}` : (type ?? '');
}

const fieldsText = (properties: Record<string, JsonSchema>): string =>
  Object.entries(properties)
    .map(([field, type]) => `${code(field)} (${typeText(type)})`)
    .join(', ');

function boundsText(schema: JsonSchema): string[] {
  return [
    range(schema.minimum, schema.maximum, ''),
    range(schema.minLength, schema.maxLength, ' characters'),
    range(schema.minItems, schema.maxItems, ' of them'),
  ].filter((text) => text !== '');
}

// Ignores zod's bounds of safe integers, which it adds to each integer, and which mean nothing to a reader.
function range(minimum: number | undefined, maximum: number | undefined, unit: string): string {
  const least = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (least === undefined && most === undefined) return '';
  if (most === undefined) return `${least} or more${unit}`;
  return `${least ?? 'up'} to ${most}${unit}`;
}
