import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesLabel, matchesText } from './labels.ts';

for (const [text, pattern, fits] of [
  ['abc', 'abc', true],
  ['abc', 'ab', false],
  ['abc', 'bc', false],
  ['abc', 'ab*', true],
  ['abc', '*bc', true],
  ['abc', 'b*', false],
  ['abc', '*b', false],
  ['abc', 'a*c', true],
  ['abc', 'abc*', true],
  ['a\nc', 'a*c', true],
  ['', '*', true],
  ['a.b', 'a.*', true],
  ['aXb', 'a.*', false],
  ['GET /x(y)?[1]{2}|^$+-\\', 'GET /x(y)?[1]{2}|^$+-\\*', true],
] as const) {
  test(`${JSON.stringify(text)} ${fits ? 'is' : 'is not'} ${JSON.stringify(pattern)}`, () => {
    assert.equal(matchesText(text, pattern), fits);
  });
}

test('a label is service, kind and name', () => {
  const span = { service: 'writer', kind: 'SERVER', name: 'POST /orders' } as const;
  assert.equal(matchesLabel(span, 'writer SERVER POST /orders'), true);
  assert.equal(matchesLabel(span, '* SERVER *'), true);
  assert.equal(matchesLabel(span, 'POST /orders'), false);
});
