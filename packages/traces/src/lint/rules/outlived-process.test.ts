import assert from 'node:assert/strict';
import { test } from 'node:test';
import { A, at, found } from '../../testing/lint.ts';

test('a span that outlived its process is found', () => {
  const resource = { 'service.name': 'crunch', 'k8s.pod.uid': 'p1' };
  const root = at(A, '1', undefined, 'desk INTERNAL launch', { atMs: [0, 10] });
  const work = (end: number) => at(A, '2', '1', 'crunch INTERNAL main', { atMs: [20, end], resource });
  const died = at(A, '3', '1', 'desk INTERNAL observe', {
    atMs: [20, 1_000],
    attributes: { 'k8s.pod.uid': 'p1', 'process.exit.code': 137 },
  });
  assert.deepEqual(found([root, work(900), died]), []);
  assert.deepEqual(found([root, work(9_000), died]), ['outlived-process a3→a2']);
});

test('a span that outlived its process is found once, if process and pod both report their end', () => {
  const resource = { 'service.name': 'crunch', 'k8s.pod.uid': 'p1', 'service.instance.id': 'i1' };
  const root = at(A, '1', undefined, 'desk INTERNAL launch', { atMs: [0, 10] });
  const work = at(A, '2', '1', 'crunch INTERNAL main', { atMs: [20, 9_000], resource });
  const exited = at(A, '3', '1', 'crunch INTERNAL run', {
    atMs: [20, 1_000],
    attributes: { 'process.exit.code': 1 },
    resource,
  });
  const observed = at(A, '4', '1', 'desk INTERNAL observe', {
    atMs: [20, 1_000],
    attributes: { 'k8s.pod.uid': 'p1', 'process.exit.code': 1 },
  });
  assert.equal(found([root, work, exited]).length, 1);
  assert.equal(found([root, work, observed]).length, 1);
  assert.deepEqual(found([root, work, exited, observed]), ['outlived-process a3→a2']);
  assert.deepEqual(found([root, observed, exited, work]), ['outlived-process a3→a2']);
});
