import assert from 'node:assert/strict';
import { test } from 'node:test';
import { A, at, found } from '../../testing/lint.ts';

test('a clock that is behind is found between processes alone', () => {
  const root = at(A, '1', undefined, 'shop SERVER GET /', { atMs: [10_000, 10_050] });
  const early = at(A, '2', '1', 'till SERVER GET /a', { atMs: [0, 20] });
  assert.deepEqual(found([root, early]), ['clock a1→a2']);
  assert.deepEqual(found([root, early], { clockMs: 20_000 }), []);
  assert.deepEqual(found([root, { ...early, service: 'shop', resource: root.resource }]), []);
});

test('times that are none are found', () => {
  const zero = { startNs: 0n, endNs: 0n, startMs: 0, endMs: 0 };
  assert.deepEqual(found([{ ...at(A, '1', undefined, 'shop SERVER GET /'), ...zero }]), ['clock →a1']);
  const backwards = at(A, '1', undefined, 'shop SERVER GET /', { atMs: [9_000, 0] });
  assert.deepEqual(found([backwards]), ['clock →a1']);
  const future = at(A, '1', undefined, 'shop SERVER GET /', { atMs: [1e12, 1e12 + 5] });
  assert.deepEqual(found([future]), ['clock →a1']);
});
