import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, fit } from './columns.ts';

test('text is cut with an ellipsis or filled', () => {
  assert.equal(cut('abcdef', 6, '…'), 'abcdef');
  assert.equal(cut('abcdef', 5, '…'), 'abcd…');
  assert.equal(fit('abc', 5, '…'), 'abc  ');
});
