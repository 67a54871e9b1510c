import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from './compare.ts';
import type { TestResult } from './output.ts';

const single = (name: string, ms: number): TestResult => ({ name, ms, isGroup: false });
const group = (name: string, ms: number): TestResult => ({ name, ms, isGroup: true });

const ROUND = {
  today: {
    ms: 300,
    tests: [
      single('same', 4),
      single('same', 6),
      single('new', 100),
      single('moved', 2),
      group('new group', 2),
    ],
  },
  earlier: {
    ms: 200,
    tests: [single('same', 5), single('gone', 50), single('moved', 3), group('old group', 3)],
  },
};

const grouped = (ms: number) => ({ ms, tests: [single('a', ms), single('b', 1), group('both', ms + 5)] });

test('names are counted with those in both', () => {
  const { namesToday, namesEarlier, sharedNames } = compare(ROUND);
  assert.deepEqual(
    { namesToday, namesEarlier, sharedNames },
    { namesToday: 4, namesEarlier: 4, sharedNames: 2 },
  );
});

test('only times of the same names count', () => {
  const { todayMs, ratio, sharedRatio } = compare(ROUND);
  assert.deepEqual({ todayMs, ratio, sharedRatio }, { todayMs: 300, ratio: 1.5, sharedRatio: 12 / 8 });
});

test('the time of a group counts once', () => {
  assert.equal(compare({ today: grouped(3), earlier: grouped(1) }).sharedRatio, 4 / 2);
});
