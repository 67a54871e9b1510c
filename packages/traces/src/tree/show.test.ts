import assert from 'node:assert/strict';
import { test } from 'node:test';
import { show } from './show.ts';

test('values that JSON writes alike are shown apart', () => {
  const values = [
    9_007_199_254_740_993n,
    '9007199254740993',
    null,
    'null',
    NaN,
    Infinity,
    -0,
    0,
    '',
    [],
    [1n],
    ['1'],
    {},
  ];
  assert.equal(new Set(values.map(show)).size, values.length);
});

test('plain values are shown as JSON', () => {
  const value = { a: [1, 'x', true, null], b: { c: 1.5 } };
  assert.equal(show(value), JSON.stringify(value));
});

test('the order of keys does not count', () => {
  assert.equal(show({ b: 1, a: { d: 2, c: 3 } }), show({ a: { c: 3, d: 2 }, b: 1 }));
});
