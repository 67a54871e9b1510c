import assert from 'node:assert/strict';
import { test } from 'node:test';
import { A, at, found } from '../../testing/lint.ts';

test('too many children are found', () => {
  const spans = [
    at(A, '1', undefined, 'shop SERVER GET /'),
    ...[2, 3, 4].map((id) => at(A, `${id}`, '1', 'shop INTERNAL step')),
  ];
  assert.deepEqual(found(spans, { maxChildren: 2 }), ['fan-out a1→']);
  assert.deepEqual(found(spans, { maxChildren: 3 }), []);
});
