import { insertedBy, stampOperations } from './stamp-bulk.ts';
import { giveIdBack, isObject, stampDocument } from './stamp-document.ts';
import { stampUpdate } from './stamp-update.ts';
import { createStamp, type Stamp, type StampOptions } from './stamp.ts';

/**
 * You pass a collection of this type to `stamped`. The type has the methods that `stamped` replaces, as in driver 7, so any
 * collection with these methods works.
 */
export interface WritableCollection {
  insertOne(document: never, ...rest: never[]): Promise<unknown>;
  insertMany(documents: never, ...rest: never[]): Promise<unknown>;
  updateOne(filter: never, update: never, ...rest: never[]): Promise<unknown>;
  updateMany(filter: never, update: never, ...rest: never[]): Promise<unknown>;
  replaceOne(filter: never, replacement: never, ...rest: never[]): Promise<unknown>;
  findOneAndUpdate(filter: never, update: never, ...rest: never[]): Promise<unknown>;
  findOneAndReplace(filter: never, replacement: never, ...rest: never[]): Promise<unknown>;
  bulkWrite(operations: never, ...rest: never[]): Promise<unknown>;
  aggregate(...rest: never[]): unknown;
}

/** Bulk builders collect their documents call by call, so `stamped` can't see the documents before they are sent. */
type Builder = 'initializeOrderedBulkOp' | 'initializeUnorderedBulkOp';

/**
 * `stamped` returns a collection of this type. It lacks the methods whose writes can't store the context, such as bulk builders.
 */
export type Stamped<C> = Omit<C, Builder | 'rename'> & Renaming<C>;

type Renaming<C> = C extends { rename: (...args: infer A) => Promise<infer R> }
  ? { rename(...args: A): Promise<R extends object ? Stamped<C> : R> }
  : unknown;

type Method = (...args: unknown[]) => unknown;

/**
 * Wraps a collection of the MongoDB driver. The result is a stamped collection: each insert, update, and replacement through
 * it stores the current context in the document.
 *
 * The stored context is the one that is active when you call the method. If no context is active, the method removes the
 * field, so a document never keeps the context of an earlier write. All of this also works with upserts, pipelines,
 * `bulkWrite`, sessions, and the driver's retries. Reads and deletions pass through. The collection that `rename` returns is
 * stamped, too.
 *
 * These writes can't store the context, so they throw a `TypeError`:
 *
 * - bulk builders, such as `initializeOrderedBulkOp`
 * - pipelines with the stage `$out` or `$merge`
 * - documents as raw BSON
 * - operators such as `$rename`, on the field of the context
 *
 * If an update through a stamped collection changes only the context, MongoDB still counts the document as modified, and sends
 * a change event.
 *
 * If workers take work from the collection with an update, don't send this update through a stamped collection. The update
 * would replace the context in which the work was created.
 */
export function stamped<C extends WritableCollection>(collection: C, options: StampOptions = {}): Stamped<C> {
  const target = collection as unknown as Record<string, Method>;
  const own: Record<string, Method> = {
    ...stampingMethods(target, createStamp(options)),
    ...('rename' in collection && {
      rename: async (...args: unknown[]) => {
        const renamed = await target['rename']?.(...args);
        return isObject(renamed) ? stamped(renamed as C, options) : renamed;
      },
    }),
  };
  return new Proxy(collection, {
    get(original, name) {
      if (typeof name === 'string' && Object.hasOwn(own, name)) return own[name];
      const value: unknown = Reflect.get(original, name, original);
      return typeof value === 'function' ? (value.bind(original) as unknown) : value;
    },
  }) as unknown as Stamped<C>;
}

function stampingMethods(target: Record<string, Method>, take: () => Stamp): Record<string, Method> {
  const call = (name: string, ...args: unknown[]) => target[name]?.(...args);
  const update =
    (name: string) =>
    async (filter: unknown, change: unknown, ...rest: unknown[]) =>
      call(name, filter, stampUpdate(change, take()), ...rest);
  const replace =
    (name: string) =>
    async (filter: unknown, replacement: unknown, ...rest: unknown[]) =>
      call(name, filter, stampDocument(replacement, take()), ...rest);
  return {
    insertOne: async (document, ...rest) => {
      const copy = stampDocument(document, take());
      return settleWithIds(call('insertOne', copy, ...rest), [copy], [document]);
    },
    insertMany: async (documents, ...rest) => {
      const stamp = take();
      const list = asList(documents);
      const copies = list.map((document) => stampDocument(document, stamp));
      return settleWithIds(call('insertMany', copies, ...rest), copies, list);
    },
    bulkWrite: async (operations, ...rest) => {
      const list = asList(operations);
      const copies = stampOperations(list, take());
      const written = call('bulkWrite', copies, ...rest);
      return settleWithIds(written, copies.map(insertedBy), list.map(insertedBy));
    },
    updateOne: update('updateOne'),
    updateMany: update('updateMany'),
    findOneAndUpdate: update('findOneAndUpdate'),
    replaceOne: replace('replaceOne'),
    findOneAndReplace: replace('findOneAndReplace'),
    aggregate: (pipeline, ...rest) => {
      refuseWritingStages(pipeline);
      return withoutWritingStages(call('aggregate', pipeline, ...rest));
    },
    initializeOrderedBulkOp: () => refuse('initializeOrderedBulkOp'),
    initializeUnorderedBulkOp: () => refuse('initializeUnorderedBulkOp'),
  };
}

// Also after a failure: a retry with the same document needs the same `_id`, so that it inserts the document only once.
async function settleWithIds(
  result: unknown,
  copies: readonly unknown[],
  documents: readonly unknown[],
): Promise<unknown> {
  try {
    return await result;
  } finally {
    copies.forEach((copy, index) => giveIdBack(copy, documents[index]));
  }
}

function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw new TypeError(`Failed to stamp a write: got ${typeof value}. Expected an array.`);
}

function refuseWritingStages(pipeline: unknown): void {
  if (!Array.isArray(pipeline)) return;
  for (const stage of pipeline as Record<string, unknown>[]) {
    for (const name of ['$out', '$merge']) if (stage && name in stage) refuse(`aggregate with ${name}`);
  }
}

/** Makes a cursor refuse writing stages, because callers can add stages to it later, for example with `out`. */
function withoutWritingStages(cursor: unknown): unknown {
  if (!isObject(cursor) || !('addStage' in cursor)) return cursor;
  const { addStage, clone } = cursor as { addStage: Method; clone?: Method };
  return Object.assign(cursor, {
    ...(clone && {
      clone(this: unknown) {
        return withoutWritingStages(clone.call(this));
      },
    }),
    addStage(this: unknown, stage: unknown) {
      refuseWritingStages([stage]);
      return addStage.call(this, stage);
    },
  });
}

function refuse(what: string): never {
  throw new TypeError(
    `Failed to stamp ${what}: its documents aren't accessible. ` +
      "Use bulkWrite or insertMany, or the original collection if you don't want a context.",
  );
}
