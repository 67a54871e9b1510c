import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoffMs } from './backoff.ts';

test('delays double from attempt to attempt up to the limit', () => {
  const longest = [1, 2, 3, 4, 50, 5_000].map((attempt) => backoffMs(attempt, 100, 700, () => 1));
  assert.deepEqual(longest, [100, 200, 400, 700, 700, 700]);
});

test('at least half of a delay is never left out', () => {
  assert.equal(
    backoffMs(3, 100, 10_000, () => 0),
    200,
  );
});
