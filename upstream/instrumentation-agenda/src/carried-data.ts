import type { DocumentContext } from '@beyond-headers/propagation';

// Every backend of agenda stores `data` and gives it back; fields of its own it stores only in part, and gives back none.
const CONTEXT_KEY = 'otelContext';
/** Says that there was no data: a handler that asks for that must not find an empty object. */
const NO_DATA_KEY = 'otelNoData';

/**
 * Gives a copy of a job's data that holds the context too, in place of what an earlier send left. Data that is neither a plain object
 * nor absent has no room for it and stays as it is.
 */
export function withContext(data: unknown, carried: DocumentContext | undefined): unknown {
  const own = withoutContext(data);
  if (!carried || !hasRoom(own)) return own;
  return { ...own, [CONTEXT_KEY]: carried, ...(own ? {} : { [NO_DATA_KEY]: true }) };
}

/** Gives the data as who sent the job knows it. */
export function withoutContext(data: unknown): unknown {
  if (!isPlainObject(data) || !Object.hasOwn(data, CONTEXT_KEY)) return data;
  const own = { ...data };
  delete own[CONTEXT_KEY];
  delete own[NO_DATA_KEY];
  return data[NO_DATA_KEY] === true && Object.keys(own).length === 0 ? null : own;
}

/** Gives what the data carries; anything may have been written there. */
export function contextIn(data: unknown): unknown {
  return isPlainObject(data) && Object.hasOwn(data, CONTEXT_KEY) ? data[CONTEXT_KEY] : undefined;
}

/** Says whether a context fits into data of this kind. */
export function hasRoom(data: unknown): data is object | null | undefined {
  return data === undefined || data === null || isPlainObject(data);
}

function isPlainObject(data: unknown): data is Record<string, unknown> {
  if (typeof data !== 'object' || data === null) return false;
  const prototype: unknown = Object.getPrototypeOf(data);
  return prototype === Object.prototype || prototype === null;
}
