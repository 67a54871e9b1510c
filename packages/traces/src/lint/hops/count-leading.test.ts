import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countLeading } from './count-leading.ts';

for (let size = 0; size <= 8; size++) {
  test(`of ${size} items it counts however many come before the first other`, () => {
    const items = Array.from({ length: size }, (_, index) => index);
    for (let count = 0; count <= size; count++)
      assert.equal(
        countLeading(items, (item) => item < count),
        count,
      );
  });
}
