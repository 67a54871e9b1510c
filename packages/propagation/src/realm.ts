/*
 * What is built in has a constructor of its own in each realm, such as a `vm` context or a test of Jest, so `instanceof` misses it.
 * A subclass may have a tag of its own, so the tag alone misses it.
 */

/** Says whether a value is a `Uint8Array`, or a `Buffer`. */
export const isBytes = (value: unknown): value is Uint8Array =>
  value instanceof Uint8Array || (ArrayBuffer.isView(value) && kindOf(value) === '[object Uint8Array]');

/** Says whether a value is a `Map`. */
export const isMap = (value: unknown): value is Map<unknown, unknown> =>
  value instanceof Map || kindOf(value) === '[object Map]';

/** Says whether a value is an error. */
export const isError = (value: unknown): value is Error =>
  value instanceof Error || kindOf(value) === '[object Error]';

function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}
