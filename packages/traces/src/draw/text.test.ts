import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, duration, fit } from './text.ts';

const ns = (us: number) => BigInt(Math.round(us * 1_000));

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
    assert.equal(duration(ns(us), { micro: 'µs' }), text);
  });
}

test('text is cut with an ellipsis or filled', () => {
  assert.equal(cut('abcdef', 6, '…'), 'abcdef');
  assert.equal(cut('abcdef', 5, '…'), 'abcd…');
  assert.equal(fit('abc', 5, '…'), 'abc  ');
});
