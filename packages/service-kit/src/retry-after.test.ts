import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.parse('Sun, 06 Nov 1994 08:49:37 GMT');

for (const [header, expected] of [
  ['2', 2_000],
  [' 120 ', 120_000],
  ['0', 0],
  ['Sun, 06 Nov 1994 08:49:47 GMT', 10_000],
  ['Sunday, 06-Nov-94 08:49:47 GMT', 10_000],
  ['Sun Nov  6 08:49:47 1994', 10_000],
  ['Sun, 06 Nov 1994 08:49:27 GMT', 0],
  ['-5', 0],
  ['1.5', 0],
  ['1e9', 0],
  ['soon 5', 0],
  ['Sun, soon', 0],
  ['', 0],
  [null, 0],
  [undefined, 0],
] as const) {
  test(`Retry-After ${JSON.stringify(header)} is ${expected} ms`, () =>
    assert.equal(retryAfterMs(header, NOW), expected));
}
