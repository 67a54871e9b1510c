import { readFileSync } from 'node:fs';
import { badRequest } from '../api/api-error.ts';
import { parseQuantity } from '../quantity.ts';

// Field names and types of Kubernetes 1.34's API, as its OpenAPI document has them: `[]X` is a list, `{}X` a map by string.
const TYPES = JSON.parse(readFileSync(new URL('../schema/fields.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

const QUANTITY_RULE = String.raw`quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'`;
const INT_LIMITS: Readonly<Record<string, number>> = { int32: 2 ** 31, int64: 2 ** 63 };
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

export interface Decoded {
  value: Record<string, unknown>;
  /** Fields that the type does not have, as paths; they are left out of the value. */
  unknownFields: string[];
}

/**
 * Reads a manifest as one of the API's types: drops what the type does not have and what is null.
 *
 * @throws {ApiError} 400 with the API server's words when a field has another JSON type than the API's.
 */
export function decode(kind: string, manifest: Record<string, unknown>): Decoded {
  const unknownFields: string[] = [];
  const value = new Decoder(kind, unknownFields).struct(kind, manifest, { shown: '', exact: '' });
  return { value, unknownFields };
}

/** Where a value stands: `shown` as Go's JSON decoder names it (no indexes), `exact` with indexes. */
interface Path {
  shown: string;
  exact: string;
}

class Decoder {
  readonly #kind: string;
  readonly #unknown: string[];

  constructor(kind: string, unknown: string[]) {
    this.#kind = kind;
    this.#unknown = unknown;
  }

  struct(type: string, given: Record<string, unknown>, path: Path): Record<string, unknown> {
    const fields = TYPES[type] ?? {};
    const result: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(given)) {
      const at = { shown: joined(path.shown, name), exact: joined(path.exact, name) };
      const fieldType = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (fieldType === undefined) this.#unknown.push(at.exact);
      else if (value !== null) result[name] = this.#value(fieldType, value, at, type);
    }
    return result;
  }

  #value(type: string, value: unknown, path: Path, owner: string): unknown {
    if (type === 'any') return value;
    if (type.startsWith('[]')) return this.#list(type.slice(2), value, path, owner);
    if (type.startsWith('{}')) return this.#map(type.slice(2), value, path, owner);
    if (Object.hasOwn(TYPES, type)) {
      return isObject(value)
        ? this.struct(type, value, path)
        : this.#refuse(value, owner, path, `v1.${type}`);
    }
    return this.#scalar(type, value, path, owner);
  }

  #list(item: string, value: unknown, path: Path, owner: string): unknown[] {
    if (!Array.isArray(value)) return this.#refuse(value, owner, path, `[]${goType(item)}`);
    return value
      .filter((one) => one !== null)
      .map((one: unknown, index) =>
        this.#value(item, one, { ...path, exact: `${path.exact}[${index}]` }, owner),
      );
  }

  #map(item: string, value: unknown, path: Path, owner: string): Record<string, unknown> {
    if (!isObject(value)) return this.#refuse(value, owner, path, `map[string]${goType(item)}`);
    const entries = Object.entries(value).map(([key, one]) => {
      return [
        key,
        one === null ? '' : this.#value(item, one, { ...path, exact: joined(path.exact, key) }, owner),
      ];
    });
    return Object.fromEntries(entries) as Record<string, unknown>;
  }

  #scalar(type: string, value: unknown, path: Path, owner: string): unknown {
    if (type === 'quantity') return this.#quantity(value);
    if (type in INT_LIMITS) return isInteger(value, type) ? value : this.#refuse(value, owner, path, type);
    if (type === 'bytes') return this.#bytes(value, path, owner);
    const wanted = type === 'bool' ? 'boolean' : 'string';
    return typeof value === wanted
      ? value
      : this.#refuse(value, owner, path, type === 'time' ? 'string' : type);
  }

  #bytes(value: unknown, path: Path, owner: string): string {
    if (typeof value !== 'string') return this.#refuse(value, owner, path, '[]uint8');
    if (BASE64.test(value) && value.length % 4 === 0) return value;
    throw this.#error('illegal base64 data at input byte 0');
  }

  #quantity(value: unknown): string {
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text === 'string' && !Number.isNaN(parseQuantity(text))) return canonical(text);
    throw this.#error(QUANTITY_RULE);
  }

  #refuse(value: unknown, owner: string, path: Path, type: string): never {
    throw this.#error(
      `json: cannot unmarshal ${jsonType(value)} into Go struct field ${owner}.${path.shown} of type ${type}`,
    );
  }

  #error(why: string): Error {
    return badRequest(`${this.#kind} in version "v1" cannot be handled as a ${this.#kind}: ${why}`);
  }
}

/** `0.5` is kept as `500m`, as the API server does; other spellings stay. */
function canonical(quantity: string): string {
  const thousandths = Number(quantity) * 1000;
  const fraction = /^\d*\.\d+$/.test(quantity) && !Number.isInteger(Number(quantity));
  return fraction && Number.isInteger(thousandths) ? `${thousandths}m` : quantity;
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

function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value !== 'number') return typeof value;
  // Go tells the number only where a number was expected and this one does not fit.
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 'number' : `number ${value}`;
}

function goType(type: string): string {
  if (type.startsWith('[]')) return `[]${goType(type.slice(2))}`;
  return Object.hasOwn(TYPES, type) ? `v1.${type}` : type;
}
