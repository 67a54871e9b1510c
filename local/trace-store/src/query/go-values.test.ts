import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration } from './go-values.ts';

test('a duration is read as Go reads it', () => {
  assert.equal(parseDuration('1m30s'), 90_000_000_000n);
  assert.equal(parseDuration('-1.5ms'), -1_500_000n);
  assert.equal(parseDuration('0'), 0n);
  assert.throws(() => parseDuration('5'), /^Error: time: missing unit in duration "5"$/);
  assert.throws(() => parseDuration('soon'), /^Error: time: invalid duration "soon"$/);
});

test('a duration of any length takes no time', () => {
  assert.equal(parseDuration(`${'0'.repeat(38)}1s`), 1_000_000_000n);
  assert.throws(() => parseDuration(`${'0'.repeat(39)}1s`), /invalid duration "0{39}1…"/);
  const startedAt = performance.now();
  assert.throws(() => parseDuration('1'.repeat(200_000)), /invalid duration/);
  const tookMs = performance.now() - startedAt;
  assert.ok(tookMs < 1_000, `${tookMs} ms`);
});
