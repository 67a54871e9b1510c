import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStamp, leadsInto } from './stamp.ts';

test('a field that MongoDB cannot hold is refused', () => {
  for (const field of ['', '_id', '$context', 'a.b', 'a\0b', 7 as never]) {
    assert.throws(
      () => createStamp({ field }),
      (error) =>
        error instanceof TypeError &&
        error.message.startsWith(`Failed to stamp a collection: the field ${JSON.stringify(field)} can't`) &&
        error.message.endsWith('without a dot, such as "context".'),
    );
  }
});

test('any other name at the top is taken', () => {
  for (const field of ['sent-by', 'a$b', 'id'])
    assert.deepEqual(createStamp({ field, capture: () => undefined })(), { field, context: undefined });
});

test('a stamp is taken when it is asked for', () => {
  let spanId = 1;
  const take = createStamp({ capture: () => ({ traceparent: `${spanId++}` }) });
  assert.deepEqual(take(), { field: 'context', context: { traceparent: '1' } });
  assert.deepEqual(take(), { field: 'context', context: { traceparent: '2' } });
});

test('a path leads into its field and no other', () => {
  const paths = ['context', 'context.a', 'contexts', 'contexts.a', 'a.context', 'con'];
  assert.deepEqual(
    paths.filter((path) => leadsInto('context', path)),
    ['context', 'context.a'],
  );
});

const fail = (): never => {
  throw new Error('no context');
};

test('a capture that fails takes the field out', () => {
  // An unhandled rejection ends the process, and so fails the test.
  const captures = [
    fail,
    async () => fail(),
    async () => ({ traceparent: 'late' }),
    () => 'text',
    () => ({}),
    () => null,
  ];
  for (const capture of captures)
    assert.deepEqual(createStamp({ capture: capture as never })(), { field: 'context', context: undefined });
});
