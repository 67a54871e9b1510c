import { ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import type { DocumentContext } from '../carrier.ts';
import { readField } from '../carriers/own-fields.ts';
import { extractContext } from '../extract.ts';
import { attempt } from '../report-once.ts';
import { DEFAULT_CONTEXT_FIELD, leadsInto } from './stamp.ts';

/** You pass an event of a change stream to `extractFromChange`, which reads only these parts of it. */
export interface ChangeEvent {
  operationType: string;
  fullDocument?: object | null | undefined;
  updateDescription?:
    { updatedFields?: object | undefined; removedFields?: string[] | undefined } | undefined;
}

/** You pass these options to `extractFromChange`. They decide where the function looks for the context. */
export interface ChangeContextOptions {
  /** The field of the document in which the writes store the context. By default, it is `context`. */
  field?: string | undefined;
  /**
   * Set it to true if you open the stream with `fullDocument: 'required'` or `'whenAvailable'`. The event then contains the
   * document in its state after the write. With `'updateLookup'`, the event contains the current document, which may already have
   * the context of a later write.
   */
  postImages?: boolean | undefined;
  /** The context to which the result is added. By default, it is the empty root context. */
  base?: Context | undefined;
}

/**
 * Returns the context of the write that caused a change event. Call it in the consumer of a change stream. If the event doesn't
 * contain the context, it returns `base`.
 *
 * The event of an insert or a replacement contains the document as it was written. The event of an update contains the
 * fields that changed, and may lack the others. If two updates in one span write the same context, the second event lacks the
 * context, because the field didn't change. To find the context in the second event too, turn on post-images in MongoDB, and pass
 * `postImages`: the event then contains the document as it was right after the update. The event of a deletion has no context.
 * Source: https://www.mongodb.com/docs/manual/reference/change-events/update/
 */
export function extractFromChange(event: ChangeEvent, options: ChangeContextOptions = {}): Context {
  const { base = ROOT_CONTEXT } = options;
  const carrier = attempt('read a change event', () => readChange(event, options));
  return carrier ? extractContext(carrier, undefined, base) : base;
}

function readChange(
  event: ChangeEvent,
  { field = DEFAULT_CONTEXT_FIELD, postImages = false }: ChangeContextOptions,
): DocumentContext | undefined {
  const stored = ownField(event.fullDocument, field);
  switch (event.operationType) {
    case 'insert':
    case 'replace':
      return stored;
    case 'update':
      return postImages && stored ? stored : readUpdate(event, field, stored);
    default:
      return undefined;
  }
}

/** The event lists the whole field, or only those parts of it that a pipeline changed. */
function readUpdate(
  { updateDescription }: ChangeEvent,
  field: string,
  stored: DocumentContext | undefined,
): DocumentContext | undefined {
  const updated = updateDescription?.updatedFields;
  const whole = ownField(updated, field);
  if (whole) return whole;
  const parts = Object.entries(updated ?? {}).filter(([path]) => leadsInto(field, path));
  if (parts.length === 0) return undefined;
  const changed: DocumentContext = Object.fromEntries(
    parts.map(([path, value]) => [path.slice(field.length + 1), value as string]),
  );
  const removed = (updateDescription?.removedFields ?? [])
    .filter((path) => leadsInto(field, path))
    .map((path) => path.slice(field.length + 1));
  // Only the document has the unchanged parts. Use it only if no later write has changed the context.
  const isOfThisWrite =
    stored &&
    Object.entries(changed).every(([name, value]) => readField(stored, name) === value) &&
    removed.every((name) => readField(stored, name) === undefined);
  return isOfThisWrite ? stored : changed;
}

function ownField(document: object | null | undefined, field: string): DocumentContext | undefined {
  // The fields of a Mongoose document are accessors on its prototype.
  const value = readField(document, field);
  return typeof value === 'object' && value !== null ? (value as DocumentContext) : undefined;
}
