import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pair } from './matching.ts';

test('no more is compared than a pairing needs', () => {
  let compared = 0;
  const pairs = pair([1, 1, 1, 1], 4, () => ++compared > 0);
  assert.deepEqual([pairs.size, compared], [4, 4]);
});

test('a slot gives up an item for another', () => {
  const fits = [[0, 1], [0]];
  const pairs = pair([1, 1], 2, (slot, item) => fits[slot]?.includes(item) === true);
  assert.deepEqual(
    pairs,
    new Map([
      [0, 1],
      [1, 0],
    ]),
  );
});
