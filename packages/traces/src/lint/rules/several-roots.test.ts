import assert from 'node:assert/strict';
import { test } from 'node:test';
import { A, at, found } from '../../testing/lint.ts';

test('several roots are one finding', () => {
  const spans = ['1', '2', '3'].map((id, index) =>
    at(A, id, undefined, 'shop SERVER GET /', { atMs: [index, index + 1] }),
  );
  assert.deepEqual(found(spans), ['several-roots a1→a2']);
});
