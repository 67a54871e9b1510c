import { readFileSync } from 'node:fs';

// Field names and types of the Kubernetes 1.36 API, from its OpenAPI documents. `[]X` is a list, and `{}X` a map with string keys.
const TYPES = JSON.parse(readFileSync(new URL('../schema/fields.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

const QUANTITY = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+|n|u|m|k|[MGTPE]|[KMGTPE]i)?$/;
const QUANTITY_RULE = String.raw`quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`;
const INT_LIMITS: Readonly<Record<string, number>> = { int32: 2 ** 31, int64: 2 ** 63 };
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

export interface Decoded {
  value: Record<string, unknown>;
  /** Fields that the type does not have, as paths; they are left out of the value. */
  unknownFields: string[];
}

/** Thrown when a value in a manifest has the wrong type. The response is a 400 in the API server's wording. */
export class DecodeError extends Error {
  override name = 'DecodeError';
}

/** The path of a value, and the type that has the field. Error messages of Go's JSON decoder contain both. */
interface Place {
  path: string;
  owner: string;
}

/**
 * Decodes a manifest as one of the API's types. Drops unknown fields, and fields and list items that are null.
 *
 * @throws {DecodeError} when a value doesn't have the type of its field.
 */
export function decode(kind: string, manifest: Record<string, unknown>): Decoded {
  const unknownFields: string[] = [];
  return { value: struct(kind, manifest, ''), unknownFields };

  function struct(type: string, given: Record<string, unknown>, path: string): Record<string, unknown> {
    const fields = TYPES[type] ?? {};
    const result: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(given)) {
      const place = { path: joined(path, name), owner: type };
      const fieldType = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (fieldType === undefined) unknownFields.push(place.path);
      else if (value !== null) result[name] = valueOf(fieldType, value, place);
    }
    return result;
  }

  function valueOf(type: string, value: unknown, place: Place): unknown {
    if (type === 'any') return value;
    if (type.startsWith('[]') && Array.isArray(value)) {
      const present = value.filter((one) => one !== null) as unknown[];
      return present.map((one, index) =>
        valueOf(type.slice(2), one, { ...place, path: `${place.path}[${index}]` }),
      );
    }
    if (type.startsWith('{}') && isObject(value)) {
      const entries = Object.entries(value).map(([key, one]) => [
        key,
        one === null ? '' : valueOf(type.slice(2), one, { ...place, path: joined(place.path, key) }),
      ]);
      return Object.fromEntries(entries) as Record<string, unknown>;
    }
    if (Object.hasOwn(TYPES, type) && isObject(value)) return struct(type, value, place.path);
    return scalar(type, value, place);
  }

  function scalar(type: string, value: unknown, { path, owner }: Place): unknown {
    if (type === 'quantity' && QUANTITY.test(String(value))) return String(value);
    if (type === 'quantity') throw refused(QUANTITY_RULE);
    if (type in INT_LIMITS ? isInteger(value, type) : typeof value === jsonTypeOf(type)) {
      if (type !== 'bytes' || isBase64(value as string)) return value;
      throw refused('illegal base64 data at input byte 0');
    }
    const field = `${owner}.${path.replaceAll(/\[\d+\]/g, '')}`;
    throw refused(
      `json: cannot unmarshal ${shownType(value)} into Go struct field ${field} of type ${goType(type)}`,
    );
  }

  function refused(why: string): DecodeError {
    return new DecodeError(`${kind} in version "v1" cannot be handled as a ${kind}: ${why}`);
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function joined(path: string, name: string): string {
  return path ? `${path}.${name}` : name;
}

function isInteger(value: unknown, type: string): boolean {
  const limit = INT_LIMITS[type] ?? 0;
  return typeof value === 'number' && Number.isInteger(value) && value >= -limit && value < limit;
}

function isBase64(text: string): boolean {
  return BASE64.test(text) && text.length % 4 === 0;
}

/** Returns the JavaScript type of a scalar field, or undefined for lists, maps, and objects. */
function jsonTypeOf(type: string): string | undefined {
  if (type === 'bool') return 'boolean';
  return ['string', 'time', 'bytes'].includes(type) ? 'string' : undefined;
}

/** Returns Go's name for the type of a value. */
function shownType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function goType(type: string): string {
  if (type.startsWith('[]')) return `[]${goType(type.slice(2))}`;
  if (type.startsWith('{}')) return `map[string]${goType(type.slice(2))}`;
  if (type === 'time') return 'string';
  if (type === 'bytes') return '[]uint8';
  return Object.hasOwn(TYPES, type) ? `v1.${type}` : type;
}
