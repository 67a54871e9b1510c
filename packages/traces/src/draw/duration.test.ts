import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duration, lengthOf } from './duration.ts';

for (const [us, text] of [
  [0, '0 µs'],
  [0.4, '0 µs'],
  [1, '1 µs'],
  [999.4, '999 µs'],
  [999.6, '1.0 ms'],
  [4_200, '4.2 ms'],
  [9_960, '10 ms'],
  [420_000, '420 ms'],
  [999_600, '1.00 s'],
  [1_240_000, '1.24 s'],
  [59_994_000, '59.99 s'],
  [59_996_000, '1m 00s'],
  [125_000_000, '2m 05s'],
  [3_599_000_000, '59m 59s'],
  [11_270_000_000, '3h 07m'],
  [400 * 3_600_000_000, '16 d'],
] as const) {
  test(`${us} µs reads ${text}`, () => {
    assert.equal(duration(us / 1_000), text);
  });
}

test('a time that runs backwards is none', () => {
  assert.equal(duration(-5), '0 µs');
});

for (const [ms, precision, text] of [
  [2_600, 1_000, '≈ 3 s'],
  [400, 1_000, '< 1 s'],
  [0, 1_000, '< 1 s'],
  [90_000, 1_000, '≈ 1m 30s'],
  [2_600, 100, '≈ 2.60 s'],
  [4, 10, '< 10 ms'],
  [2_600, 0, '2.60 s'],
  [2_600, 'soon', '2.60 s'],
] as const) {
  test(`${ms} ms known to ${precision} ms read ${text}`, () => {
    const attributes = { 'demo.time.precision': precision };
    assert.equal(lengthOf({ attributes, startMs: 7, endMs: 7 + ms }), text);
  });
}
