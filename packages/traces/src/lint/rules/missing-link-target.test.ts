import assert from 'node:assert/strict';
import { test } from 'node:test';
import { A, at, C, found, linkTo } from '../../testing/lint.ts';

test('a link to nothing is found once for each span', () => {
  const spans = [at(A, '1', undefined, 'shop INTERNAL task', { links: [linkTo('9', C), linkTo('8', C)] })];
  assert.deepEqual(found(spans), ['missing-link-target →a1']);
  assert.deepEqual(
    found([...spans, at(C, '9', undefined, 'a INTERNAL b'), at(C, '8', '9', 'a INTERNAL c')]),
    [],
  );
});
