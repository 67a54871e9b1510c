import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatIndexes } from './job-tally.ts';
import { retryDelaySeconds } from './pod-count.ts';

test('indexes are written as ranges', () => {
  assert.equal(formatIndexes([]), '');
  assert.equal(formatIndexes([3]), '3');
  assert.equal(formatIndexes([0, 1]), '0,1');
  assert.equal(formatIndexes([0, 1, 2, 5, 7, 8]), '0-2,5,7,8');
});

test('the delay before a retry doubles up to ten minutes', () => {
  assert.deepEqual([1, 2, 3, 6, 7, 100].map(retryDelaySeconds), [10, 20, 40, 320, 600, 600]);
});
