import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from './json.ts';

test('text that is not JSON is undefined', () => {
  assert.deepEqual(parseJson('{"a":[1]}'), { a: [1] });
  for (const text of ['', '{', 'undefined']) assert.equal(parseJson(text), undefined, text);
});
