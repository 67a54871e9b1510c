import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linePath, niceMax } from './chart.ts';

const PLOT = { fromMs: 1_000, toMs: 11_000, max: 10, width: 100, height: 20 };
const at = (atMs: number, value: number | undefined) => ({ atMs, value });

test('a line goes from value to value', () => {
  assert.equal(linePath([at(1_000, 0), at(6_000, 5), at(11_000, 10)], PLOT, 9_000), 'M0 20L50 10L100 0');
});

test('a line has a gap where no one looked', () => {
  assert.equal(linePath([at(1_000, 0), at(2_000, 0), at(6_000, 5)], PLOT, 3_000), 'M0 20L10 20M50 10');
});

test('a line begins again after a missing value', () => {
  const points = [at(1_000, 0), at(2_000, undefined), at(3_000, 10), at(4_000, 10)];
  assert.equal(linePath(points, PLOT, 3_000), 'M0 20M20 0L30 0');
});

test('a line leaves out what is missing or too old', () => {
  assert.equal(linePath([at(0, 1), at(2_000, undefined), at(3_000, 10)], PLOT, 3_000), 'M20 0');
});

for (const [value, max] of [
  [0, 1],
  [1, 1],
  [1.5, 2],
  [3, 5],
  [99, 100],
  [5_001, 10_000],
] as const)
  test(`${value} is drawn up to ${max}`, () => assert.equal(niceMax(value), max));
