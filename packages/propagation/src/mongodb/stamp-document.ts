import { isMap } from '../realm.ts';
import type { Stamp } from './stamp.ts';

const DATA = { enumerable: true, writable: true, configurable: true };

/**
 * Returns a stamped copy of a document for an insert or a replacement. The caller's document is unchanged.
 *
 * The document may be any object that BSON accepts, except raw BSON: also a `Map`, an instance of a class, or an object with `toBSON`.
 */
export function stampDocument(given: unknown, stamp: Stamp): object {
  const isConverted = isConvertible(given);
  const document: unknown = isConverted ? given.toBSON() : given;
  if (!isObject(document) || Array.isArray(document) || ArrayBuffer.isView(document)) {
    throw new TypeError(
      `Failed to stamp a document: got ${describe(document)}. Expected an object; raw BSON can't be stamped.`,
    );
  }
  if (isMap(document)) return stampMap(document, stamp);
  const copy = isConverted ? { ...document } : copyOf(document);
  // The driver calls `toBSON` only once, and this function has already called it.
  if (isConverted && typeof copy['toBSON'] === 'function') delete copy['toBSON'];
  const value = stamp.context;
  if (value) put(copy, stamp.field, value);
  else delete copy[stamp.field];
  return copy;
}

/** Copies the `_id` that the driver generated for the copy into the caller's document, where the driver itself would put it. */
export function giveIdBack(copy: unknown, document: unknown): void {
  if (!isObject(copy) || !isObject(document) || document['_id'] != null || !('_id' in copy)) return;
  if (Object.isExtensible(document)) document['_id'] = copy['_id'];
}

function copyOf(document: Record<string, unknown>): Record<string, unknown> {
  const prototype = Object.getPrototypeOf(document) as object | null;
  if (prototype === Object.prototype) return { ...document };
  const copy = Object.create(prototype) as Record<string, unknown>;
  for (const key of Object.keys(document)) put(copy, key, document[key]);
  return copy;
}

// Assigning an inherited property would call an accessor of the class, which may store the value elsewhere or refuse it.
function put(copy: Record<string, unknown>, key: string, value: unknown): void {
  if (key in copy && !Object.hasOwn(copy, key)) Object.defineProperty(copy, key, { value, ...DATA });
  else copy[key] = value;
}

function stampMap(document: Map<unknown, unknown>, { field, context }: Stamp): object {
  const copy = new Map(document);
  if (context) copy.set(field, context);
  else copy.delete(field);
  return copy;
}

/** Reports whether the driver stores what the method `toBSON` of a value returns, instead of the value. */
export function isConvertible(value: unknown): value is { toBSON: () => unknown } {
  return isObject(value) && typeof value['toBSON'] === 'function';
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function describe(value: unknown): string {
  if (!isObject(value)) return String(value);
  return Array.isArray(value) ? 'an array' : value.constructor.name;
}
