import assert from 'node:assert/strict';
import { test } from 'node:test';
import { A, at, C, found, linkTo } from '../../testing/lint.ts';

const KNOWN = 0x100;

test('a span that was not sampled is told apart from one that was lost', () => {
  const dropped = { ...linkTo('9', C), flags: KNOWN };
  const kept = { ...linkTo('9', C), flags: KNOWN | 1 };
  const task = (link: typeof dropped) => [{ ...at(A, '1', undefined, 'shop INTERNAL task'), links: [link] }];
  assert.deepEqual(found(task(dropped)), ['unsampled-half →a1']);
  assert.deepEqual(found(task(kept)), ['missing-link-target →a1']);
  assert.deepEqual(found(task({ ...dropped, flags: 0 })), ['missing-link-target →a1']);
  const child = at(A, '2', 'f', 'till INTERNAL work');
  assert.deepEqual(found([{ ...child, flags: KNOWN }]), ['unsampled-half →a2']);
  assert.deepEqual(found([{ ...child, flags: KNOWN | 1 }]), ['orphan →a2']);
});

test('a parent that was not sampled is not lost for its other children', () => {
  const dropped = { ...linkTo('9', C), flags: KNOWN };
  const first = { ...at(A, '2', 'f', 'till INTERNAL work', { atMs: [0, 5] }), links: [dropped] };
  const second = { ...at(A, '3', 'f', 'till INTERNAL more', { atMs: [10, 15] }), flags: KNOWN };
  assert.deepEqual(found([first, second]), ['unsampled-half →a2']);
});
