import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAsExpected } from '../figure.ts';
import { figuresOf } from './figures.ts';

const GOOD = {
  todayMs: 300_000,
  ratio: 1,
  namesToday: 5_000,
  namesEarlier: 1_800,
  sharedNames: 1_600,
  sharedRatio: 0.6,
};

/** The figures that differ from what is expected, by the number of their row. */
const missed = (...comparisons: Parameters<typeof figuresOf>[0]): number[] =>
  figuresOf(comparisons).flatMap((figure, row) => (isAsExpected(figure) ? [] : [row]));

test('medians at the bars are as expected', () => {
  assert.deepEqual(missed(GOOD, GOOD), []);
  assert.deepEqual(missed({ ...GOOD, ratio: 0.5 }, { ...GOOD, ratio: 1.4 }), []);
});

test('a median above its bar is not', () => {
  assert.deepEqual(missed({ ...GOOD, todayMs: 300_001 }), [0]);
  assert.deepEqual(missed({ ...GOOD, ratio: 1.01 }), [2]);
  assert.deepEqual(missed({ ...GOOD, sharedRatio: 0.61 }), [7]);
});

test('rows show the range of all rounds', () => {
  const figures = figuresOf([
    { ...GOOD, todayMs: 276_000, sharedNames: 1_571 },
    { ...GOOD, todayMs: 331_000, sharedNames: 1_571 },
  ]);
  assert.equal(figures[1]?.result, '304 s (2 rounds: 276–331 s)');
  assert.equal(figures[6]?.result, '1,571 (2 rounds)');
});
