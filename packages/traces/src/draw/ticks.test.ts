import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ticks } from './ticks.ts';

const whole = { startMs: 0, endMs: 100 };

test('ticks are few and round', () => {
  assert.deepEqual(
    ticks(whole, 0).map(({ afterMs }) => afterMs),
    [0, 20, 40, 60, 80, 100],
  );
  assert.ok(ticks({ startMs: 0, endMs: 3_025 }, 0).every(({ afterMs }) => afterMs % 1_000 === 0));
});

test('after a cut they are counted from its end', () => {
  const cuts = [{ startMs: 45, endMs: 100_045, drawnMs: 10 }];
  assert.deepEqual(
    ticks(whole, 0, cuts).map(({ drawnMs, afterMs, isAfterCut }) => [drawnMs, afterMs, isAfterCut]),
    [
      [0, 0, false],
      [20, 20, false],
      [40, 40, false],
      [75, 20, true],
      [95, 40, true],
    ],
  );
});

test('only what is visible has ticks', () => {
  assert.deepEqual(
    ticks({ startMs: 50, endMs: 60 }, 0).map(({ afterMs }) => afterMs),
    [50, 52, 54, 56, 58, 60],
  );
});
