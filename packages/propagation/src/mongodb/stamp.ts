import type { DocumentContext } from '../carrier.ts';
import { holdsNothing } from '../carriers/own-fields.ts';
import { ignoreRejection } from '../ignore-rejection.ts';
import { captureContext } from '../inject.ts';
import { attempt } from '../report-once.ts';

/**
 * `stamped` writes the context into this field of the document, and `extractFromChange` reads it from there, unless you name
 * another field.
 */
export const DEFAULT_CONTEXT_FIELD = 'context';

/**
 * You pass these options to `stamped`. They name the field of each document that holds the context, and the function that
 * returns the context to write.
 */
export interface StampOptions {
  /** The name of the field, at the top level of the document. By default, it is `context`. */
  field?: string | undefined;
  /**
   * Returns the context to write. By default, it is `captureContext`, which returns the current context. If the function returns
   * `undefined`, the write removes the field.
   */
  capture?: (() => DocumentContext | undefined) | undefined;
}

/** The field that a write stamps, and the context to store there. Without a context, the write removes the field. */
export interface Stamp {
  field: string;
  context: DocumentContext | undefined;
}

/** Returns a function that captures the stamp of a write. Call it at the time of each write. */
export function createStamp({
  field = DEFAULT_CONTEXT_FIELD,
  capture = captureContext,
}: StampOptions): () => Stamp {
  if (typeof field !== 'string' || field === '' || field === '_id' || /^\$|[.\0]/.test(field)) {
    throw new TypeError(
      `Failed to stamp a collection: the field ${JSON.stringify(field)} can't hold a context. ` +
        'Name a top-level field without a dot, such as "context".',
    );
  }
  return () => ({ field, context: attempt('capture a context for a write', () => captured(capture())) });
}

function captured(value: unknown): DocumentContext | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object' || 'then' in value) {
    ignoreRejection(value);
    const got = typeof value === 'object' ? 'a promise' : typeof value;
    throw new TypeError(`got ${got} from capture(). Expected an object with fields, or undefined.`);
  }
  return holdsNothing(value) ? undefined : (value as DocumentContext);
}

/** Reports whether a path leads to the field itself or to something inside it. */
export function leadsInto(field: string, path: string): boolean {
  return path === field || path.startsWith(`${field}.`);
}
