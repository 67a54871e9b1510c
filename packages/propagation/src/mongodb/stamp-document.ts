import { isMap } from '../realm.ts';
import type { Stamp } from './stamp.ts';

const DATA = { enumerable: true, writable: true, configurable: true };

/**
 * Gives a copy of a document to insert or to replace another with that carries the stamp; the caller's own stays as it is.
 *
 * What BSON takes is kept: a `Map`, an instance of a class, an object with `toBSON`.
 */
export function stampDocument(given: unknown, stamp: Stamp): object {
  const isConverted = isObject(given) && typeof given['toBSON'] === 'function';
  const document: unknown = isConverted ? (given as { toBSON: () => unknown }).toBSON() : given;
  if (!isObject(document) || Array.isArray(document) || ArrayBuffer.isView(document)) {
    throw new TypeError(
      `Failed to stamp a document: got ${describe(document)}. Expected an object; raw BSON can't be stamped.`,
    );
  }
  if (isMap(document)) return stampMap(document, stamp);
  const copy = isConverted ? { ...document } : copyOf(document);
  // The driver asks a document once for its BSON, and that has been done.
  if (isConverted && typeof copy['toBSON'] === 'function') delete copy['toBSON'];
  const value = stamp.context;
  if (value) Object.defineProperty(copy, stamp.field, { value, ...DATA });
  else delete copy[stamp.field];
  return copy;
}

/** Gives the `_id` that the driver made for the copy to the caller's document, as the driver does when it is on its own. */
export function giveIdBack(copy: unknown, document: unknown): void {
  if (!isObject(copy) || !isObject(document) || document['_id'] != null || !('_id' in copy)) return;
  if (Object.isExtensible(document)) document['_id'] = copy['_id'];
}

// Neither it nor the stamp is assigned to: that would call the accessors of a class, which may keep the value elsewhere or refuse it.
function copyOf(document: Record<string, unknown>): Record<string, unknown> {
  const copy = { ...document };
  const prototype = Object.getPrototypeOf(document) as object | null;
  return prototype === Object.prototype ? copy : (Object.setPrototypeOf(copy, prototype) as typeof copy);
}

function stampMap(document: Map<unknown, unknown>, { field, context }: Stamp): object {
  const copy = new Map(document);
  if (context) copy.set(field, context);
  else copy.delete(field);
  return copy;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function describe(value: unknown): string {
  if (!isObject(value)) return String(value);
  return Array.isArray(value) ? 'an array' : value.constructor.name;
}
