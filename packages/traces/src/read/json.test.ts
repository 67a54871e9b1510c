import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from './json.ts';

test('an integer beyond 2^53 keeps its digits', () => {
  assert.deepEqual(parseJson('{"t":1700000000123456789,"n":[-9007199254740993, 1]}'), {
    t: '1700000000123456789',
    n: ['-9007199254740993', 1],
  });
});

test('other numbers and what only looks like one stay', () => {
  const text = String.raw`{"a":9007199254740991,"b":1.2345678901234567,"c":12345678901234567890e-3,"d":":1700000000123456789","e":"\":1700000000123456789","f":1700000000123456789}`;
  assert.deepEqual(parseJson(text), {
    a: 9_007_199_254_740_991,
    b: 1.2345678901234567,
    c: Number('12345678901234567890e-3'),
    d: ':1700000000123456789',
    e: '":1700000000123456789',
    f: '1700000000123456789',
  });
});

test('no JSON is refused as ever', () => {
  for (const text of ['', '{', '{"a":1700000000123456789', '<html>']) {
    assert.throws(() => parseJson(text), SyntaxError);
  }
});
