/*
 * Each realm, such as a `vm` context or a Jest test, has its own built-in constructors, so `instanceof` alone is not enough. A
 * subclass may have its own tag, so the tag alone is not enough either.
 */

/** Reports whether a value is a `Uint8Array`, such as a `Buffer`. */
export const isBytes = (value: unknown): value is Uint8Array =>
  value instanceof Uint8Array || (ArrayBuffer.isView(value) && kindOf(value) === '[object Uint8Array]');

/** Reports whether a value is a `Map`. */
export const isMap = (value: unknown): value is Map<unknown, unknown> =>
  value instanceof Map || kindOf(value) === '[object Map]';

/** Reports whether a value is an error. */
export const isError = (value: unknown): value is Error =>
  value instanceof Error || kindOf(value) === '[object Error]';

function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}
