import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pan, zoom } from './zoom.ts';

const whole = { startMs: 0, endMs: 100 };

test('zoom keeps its moment in place and stays within the whole', () => {
  assert.deepEqual(zoom(whole, whole, 2, 50), { startMs: 25, endMs: 75 });
  assert.deepEqual(zoom(whole, whole, 4, 0), { startMs: 0, endMs: 25 });
  assert.deepEqual(zoom({ startMs: 25, endMs: 75 }, whole, 0.1, 50), whole);
});

test('panning stops at the ends', () => {
  assert.deepEqual(pan({ startMs: 0, endMs: 50 }, whole, 0.5), { startMs: 25, endMs: 75 });
  assert.deepEqual(pan({ startMs: 40, endMs: 90 }, whole, 9), { startMs: 50, endMs: 100 });
});
