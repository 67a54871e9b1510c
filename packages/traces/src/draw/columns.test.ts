import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cut, fit, widest } from './columns.ts';

test('text is cut with an ellipsis or filled', () => {
  assert.equal(cut('abcdef', 6, '…'), 'abcdef');
  assert.equal(cut('abcdef', 5, '…'), 'abcd…');
  assert.equal(fit('abc', 5, '…'), 'abc  ');
});

test('a wide character takes two columns, and is never cut in two', () => {
  assert.equal(fit('注文', 6, '…'), '注文  ');
  assert.equal(fit('注文を処理', 6, '…'), '注文… ');
  assert.equal(fit('🚚🚚🚚', 4, '…'), '🚚… ');
  assert.equal(fit('e\u0301t', 3, '…'), 'e\u0301t ');
  assert.equal(widest(['abc', '注文']), 4);
});
