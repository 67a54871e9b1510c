import assert from 'node:assert/strict';
import { test } from 'node:test';
import { humanDuration } from './duration.ts';

// Seconds, and how kubectl shows them.
const SHOWN = [
  [-5, '0s'],
  [0, '0s'],
  [119, '119s'],
  [120, '2m'],
  [125, '2m5s'],
  [599, '9m59s'],
  [600, '10m'],
  [3 * 3600 - 1, '179m'],
  [3 * 3600 + 20 * 60, '3h20m'],
  [8 * 3600, '8h'],
  [47 * 3600, '47h'],
  [52 * 3600, '2d4h'],
  [12 * 86_400, '12d'],
] as const;

test('durations are shown as kubectl shows them', () => {
  assert.deepEqual(
    SHOWN.map(([seconds]) => humanDuration(seconds * 1000)),
    SHOWN.map(([, shown]) => shown),
  );
});
