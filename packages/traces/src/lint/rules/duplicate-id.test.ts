import assert from 'node:assert/strict';
import { test } from 'node:test';
import { A, at, B, found } from '../../testing/lint.ts';

test('two spans with one id are found, the same span twice is not', () => {
  const first = at(A, '2', '1', 'shop INTERNAL work', { atMs: [1, 2] });
  const root = at(A, '1', undefined, 'shop SERVER GET /');
  assert.deepEqual(found([root, first, { ...first }]), []);
  assert.deepEqual(found([root, first, { ...first, name: 'rest' }]), ['duplicate-id a2→a2']);
});

test('a span that came through two pipelines is one', () => {
  const [root, child] = [at(A, '1', undefined, 'shop SERVER GET /'), at(A, '2', '1', 'shop INTERNAL work')];
  const pod = { 'service.name': 'shop', 'k8s.pod.name': 'shop-1', 'k8s.pod.uid': 'p1' };
  const enriched = [root, child].map((span) => ({ ...span, resource: pod }));
  assert.deepEqual(found([root, child, ...enriched]), []);
  const other = { ...child, service: 'till', resource: { 'service.name': 'till' } };
  assert.deepEqual(found([root, child, other]), ['duplicate-id a2→a2']);
});

test('of a span that came twice the fuller resource counts', () => {
  const job = { 'k8s.job.uid': 'u1', 'k8s.job.name': 'crunch-1' };
  const launch = at(A, '2', undefined, 'desk PRODUCER launch crunch', { atMs: [0, 20], attributes: job });
  const bare = at(B, '5', undefined, 'crunch CONSUMER run crunch', { atMs: [100, 800] });
  const full = { ...bare, resource: { ...bare.resource, ...job } };
  assert.deepEqual(found([launch, bare, full]), ['lost-context a2→b5']);
  assert.deepEqual(found([launch, full, bare]), ['lost-context a2→b5']);
});

test('a SERVER with the id of its CLIENT is as Zipkin has it', () => {
  const root = at(A, '1', undefined, 'shop SERVER GET /', { atMs: [0, 50] });
  const client = at(A, '2', '1', 'shop CLIENT GET', { atMs: [1, 40] });
  assert.deepEqual(found([root, client, at(A, '2', '1', 'till SERVER GET', { atMs: [5, 30] })]), []);
});
