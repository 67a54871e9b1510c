import { stampDocument } from './stamp-document.ts';
import { stampUpdate } from './stamp-update.ts';
import type { Stamp } from './stamp.ts';

type Operation = Record<string, Record<string, unknown>>;

/** Returns the operations of a `bulkWrite`, with the stamp in each insert, update, and replacement. Deletions are unchanged. */
export function stampOperations(operations: readonly unknown[], stamp: Stamp): object[] {
  return operations.map((operation, index) => stampOperation(operation as Operation, stamp, index));
}

/** Returns the document that an operation inserts, if it inserts one. */
export function insertedBy(operation: unknown): unknown {
  if (nameOf(operation) !== 'insertOne') return undefined;
  const { insertOne } = operation as Operation;
  // The driver also accepts the document itself, although its types don't.
  return insertOne?.['document'] ?? insertOne;
}

/** The operations, in the order in which the driver searches for them. It ignores everything else in the object. */
const NAMES = ['insertOne', 'replaceOne', 'updateOne', 'updateMany', 'deleteOne', 'deleteMany'];

function nameOf(operation: unknown): string {
  if (typeof operation !== 'object' || operation === null) return 'nothing';
  return NAMES.find((name) => name in operation) ?? Object.keys(operation)[0] ?? 'nothing';
}

function stampOperation(operation: Operation, stamp: Stamp, index: number): object {
  const name = nameOf(operation);
  const body = operation?.[name] ?? {};
  switch (name) {
    case 'insertOne':
      return { insertOne: { document: stampDocument(insertedBy(operation), stamp) } };
    case 'replaceOne':
      return { replaceOne: { ...body, replacement: stampDocument(body['replacement'], stamp) } };
    case 'updateOne':
    case 'updateMany':
      return { [name]: { ...body, update: stampUpdate(body['update'], stamp) } };
    case 'deleteOne':
    case 'deleteMany':
      return operation;
    default:
      throw new TypeError(
        `Failed to stamp operation ${index} of a bulkWrite: got ${name}. ` +
          'Expected insertOne, replaceOne, updateOne, updateMany, deleteOne or deleteMany.',
      );
  }
}
