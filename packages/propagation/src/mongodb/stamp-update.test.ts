import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stampUpdate } from './stamp-update.ts';

const context = { traceparent: 'now' };
const STAMP = { field: 'context', context };
const NONE = { field: 'context', context: undefined };

test('operators keep what they say of other fields', () => {
  const update = { $set: { total: 1 }, $inc: { count: 1 }, $unset: { note: '' } };
  assert.deepEqual(stampUpdate(update, STAMP), { ...update, $set: { total: 1, context } });
  assert.deepEqual(stampUpdate(update, NONE), { ...update, $unset: { note: '', context: '' } });
  assert.deepEqual(stampUpdate({ $inc: { count: 1 } }, STAMP), { $inc: { count: 1 }, $set: { context } });
  assert.deepEqual(stampUpdate({ $inc: undefined, $set: undefined }, STAMP), {
    $inc: undefined,
    $set: { context },
  });
});

test('what operators write into the field is replaced', () => {
  const mine = { 'context.traceparent': 'mine', contexts: 1 };
  assert.deepEqual(stampUpdate({ $set: mine, $setOnInsert: { context: 1 }, $unset: mine }, STAMP), {
    $set: { contexts: 1, context },
    $setOnInsert: {},
    $unset: { contexts: 1 },
  });
});

test('changes that do not touch the field are passed on', () => {
  const changes = Object.freeze({ note: 1 });
  const stampedUpdate = stampUpdate({ $setOnInsert: changes }, STAMP) as { $setOnInsert: object };
  assert.equal(stampedUpdate.$setOnInsert, changes);
});

test('a pipeline gets a stage that replaces the field', () => {
  const pipeline = [{ $set: { total: 1 } }];
  assert.deepEqual(stampUpdate(pipeline, STAMP), [...pipeline, { $set: { context: { $literal: context } } }]);
  assert.deepEqual(stampUpdate(pipeline, NONE), [...pipeline, { $unset: ['context'] }]);
});

test('what is not an update is passed on', () => {
  for (const update of [null, undefined, 'text', {}, { total: 1 }, { total$: 1 }])
    assert.equal(stampUpdate(update, STAMP), update);
});

test('an operator that would change the stamp is refused', () => {
  const refused: [string, object, string][] = [
    ['$push', { 'context.list': 1 }, 'context.list'],
    ['$inc', { other: 1, context: 1 }, 'context'],
    ['$rename', { context: 'old' }, 'context'],
    ['$rename', { other: 'context' }, 'context'],
  ];
  for (const [operator, changes, path] of refused) {
    assert.throws(() => stampUpdate({ [operator]: changes }, STAMP), {
      name: 'TypeError',
      message:
        `Failed to stamp an update: ${operator} changes "${path}", which holds the context. ` +
        `Leave "context" to stamped(), or choose another field: stamped(collection, { field: '…' }).`,
    });
  }
});

test('a value is not a path, except of a rename', () => {
  const update = { $min: { note: 'context' }, $rename: { note: 'remark' } };
  assert.deepEqual(stampUpdate(update, STAMP), { ...update, $set: { context } });
});

test('changes that are not a plain object are kept', () => {
  const total = new Map([['total', 1]]);
  const converted = { toBSON: () => ({ total: 1 }) };
  for (const changes of [total, converted]) {
    assert.deepEqual(stampUpdate({ $set: changes }, STAMP), { $set: { total: 1, context } });
    assert.deepEqual(stampUpdate({ $inc: changes }, STAMP), { $inc: { total: 1 }, $set: { context } });
  }
  const renamed = new Map([['total', 'context.traceparent']]);
  assert.throws(() => stampUpdate({ $rename: renamed }, STAMP), /\$rename changes "context.traceparent"/);
});
