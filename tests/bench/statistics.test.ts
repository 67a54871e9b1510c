import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median } from './statistics.ts';

test('the median is between two middle values', () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 100]), 3);
  assert.ok(Number.isNaN(median([])));
});
