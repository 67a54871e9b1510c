import type { DocumentContext } from '@beyond-headers/propagation';

// Every backend of agenda stores and returns the whole `data`. Additional fields of a job are at best partly stored, and never returned.
const CONTEXT_KEY = 'otelContext';
/** Marks a job that was sent without data, because a handler that checks for this must not find an empty object. */
const NO_DATA_KEY = 'otelNoData';

/**
 * Returns a copy of a job's data that also holds the context, in place of the context of an earlier send. Returns data that is neither
 * a plain object nor absent unchanged, because it can't hold a context.
 */
export function withContext(data: unknown, carried: DocumentContext | undefined): unknown {
  const own = withoutContext(data);
  if (!carried || !hasRoom(own)) return own;
  return { ...own, [CONTEXT_KEY]: carried, ...(own ? {} : { [NO_DATA_KEY]: true }) };
}

/** Returns the data as the sender passed it. */
export function withoutContext(data: unknown): unknown {
  if (!isPlainObject(data) || !Object.hasOwn(data, CONTEXT_KEY)) return data;
  const own = { ...data };
  delete own[CONTEXT_KEY];
  delete own[NO_DATA_KEY];
  return data[NO_DATA_KEY] === true && Object.keys(own).length === 0 ? null : own;
}

/** Returns the stored context without any check: it can be any value, because every writer of the database can change it. */
export function contextIn(data: unknown): unknown {
  return isPlainObject(data) && Object.hasOwn(data, CONTEXT_KEY) ? data[CONTEXT_KEY] : undefined;
}

/** Reports whether data of this kind can hold a context. */
export function hasRoom(data: unknown): data is object | null | undefined {
  return data === undefined || data === null || isPlainObject(data);
}

function isPlainObject(data: unknown): data is Record<string, unknown> {
  if (typeof data !== 'object' || data === null) return false;
  const prototype: unknown = Object.getPrototypeOf(data);
  return prototype === Object.prototype || prototype === null;
}
