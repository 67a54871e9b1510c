import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stampOperations } from './stamp-bulk.ts';

const context = { traceparent: 'now' };
const STAMP = { field: 'context', context };

test('each operation that writes is stamped', () => {
  const filter = { _id: 1 };
  assert.deepEqual(
    stampOperations(
      [
        { insertOne: { document: { total: 1 } } },
        { insertOne: { total: 1 } },
        { replaceOne: { filter, replacement: { total: 1 }, upsert: true } },
        { updateOne: { filter, update: { $set: { total: 1 } } } },
        { updateMany: { filter, update: { $set: { total: 1 } }, hint: 'total' } },
      ],
      STAMP,
    ),
    [
      { insertOne: { document: { total: 1, context } } },
      { insertOne: { document: { total: 1, context } } },
      { replaceOne: { filter, replacement: { total: 1, context }, upsert: true } },
      { updateOne: { filter, update: { $set: { total: 1, context } } } },
      { updateMany: { filter, update: { $set: { total: 1, context } }, hint: 'total' } },
    ],
  );
});

test('deletions stay as they are', () => {
  const operations = [{ deleteOne: { filter: {} } }, { deleteMany: { filter: {} } }];
  assert.deepEqual(stampOperations(operations, STAMP), operations);
});

test('an operation that is not known is named', () => {
  const refused: [unknown, string][] = [
    [{ upsertOne: {} }, 'upsertOne'],
    [{}, 'nothing'],
    [null, 'nothing'],
    [undefined, 'nothing'],
  ];
  for (const [operation, name] of refused) {
    assert.throws(() => stampOperations([{ deleteOne: {} }, operation], STAMP), {
      name: 'TypeError',
      message:
        `Failed to stamp operation 1 of a bulkWrite: got ${name}. ` +
        'Expected insertOne, replaceOne, updateOne, updateMany, deleteOne or deleteMany.',
    });
  }
});

test('an operation without its part is refused like what it lacks', () => {
  assert.throws(() => stampOperations([{ replaceOne: null }], STAMP), /got undefined\. Expected an object/);
  assert.deepEqual(stampOperations([{ updateOne: null }], STAMP), [{ updateOne: { update: undefined } }]);
  // The driver picks `insertOne`, and would insert an empty document.
  for (const insertOne of [undefined, null]) {
    const operation = { updateOne: { filter: {}, update: { $set: { total: 1 } } }, insertOne };
    assert.throws(() => stampOperations([operation], STAMP), /got (?:undefined|null)\. Expected an object/);
  }
});

test('an operation is found where the driver finds it', () => {
  const stamp = { insertOne: { document: { total: 1, context } } };
  class Insertion {
    get insertOne(): object {
      return { document: { total: 1 } };
    }
  }
  const document = { total: 1 };
  for (const operation of [
    { comment: 'why', insertOne: { document } },
    { updateOne: undefined, insertOne: { document } },
    new Insertion(),
  ])
    assert.deepEqual(stampOperations([operation], STAMP), [stamp]);
});
