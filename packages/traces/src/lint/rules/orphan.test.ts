import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../lint.ts';
import { A, at, B, found } from '../../testing/lint.ts';

test('a parent that is not there makes orphans, one finding for all of them', () => {
  const spans = [
    at(A, '1', undefined, 'shop SERVER GET /', { atMs: [0, 50] }),
    at(A, '2', 'f', 'till SERVER GET /a', { atMs: [1, 5] }),
    at(A, '3', 'f', 'till SERVER GET /b', { atMs: [6, 9] }),
  ];
  assert.deepEqual(found(spans), ['orphan →a2']);
  assert.equal(lint(spans).findings[0]?.severity, 'error');
});

test('a parent that is in another trace is named', () => {
  const spans = [
    at(A, '1', undefined, 'shop SERVER GET /'),
    at(A, 'abc', '1', 'shop CLIENT GET'),
    at(B, '3', 'abc', 'till SERVER GET /a'),
  ];
  assert.deepEqual(found(spans), ['orphan aabc→b3']);
});

test('a request from outside is an orphan that may be right', () => {
  assert.equal(lint([at(A, '2', 'f', 'till SERVER GET /a')]).findings[0]?.severity, 'warning');
});

test('parents in a circle are an orphan, and nothing hangs', () => {
  const spans = [
    at(A, '1', '2', 'shop INTERNAL a'),
    at(A, '2', '1', 'shop INTERNAL b'),
    at(A, '3', '1', 'shop INTERNAL c'),
    at(B, '4', '4', 'shop INTERNAL d'),
  ];
  assert.deepEqual(found(spans), ['orphan →a1', 'orphan →b4']);
});
