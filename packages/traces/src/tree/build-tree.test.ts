import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderTrace, span } from '../testing/spans.ts';
import { buildTree, flatten, type TreeNode } from './build-tree.ts';

/** Returns a tree as text, such as `a(b c(d))`. */
function sketch(nodes: readonly TreeNode[]): string {
  return nodes
    .map(({ span: { name }, children }) => (children.length > 0 ? `${name}(${sketch(children)})` : name))
    .join(' ');
}

test('spans hang under their parents in order of start', () => {
  const { roots, orphans } = buildTree([
    span('3', '1', 's CLIENT second', { atMs: [5, 6] }),
    span('4', '3', 's CLIENT inner'),
    span('2', '1', 's CLIENT first', { atMs: [1, 9] }),
    span('1', undefined, 's SERVER root'),
  ]);
  assert.equal(sketch(roots), 'root(first second(inner))');
  assert.deepEqual(orphans, []);
});

test('a span whose parent is away is an orphan with its children', () => {
  const { roots, orphans } = buildTree([
    span('1', undefined, 's SERVER root'),
    span('2', '9', 's CLIENT lost'),
    span('3', '2', 's CLIENT inner'),
  ]);
  assert.equal(sketch(roots), 'root');
  assert.equal(sketch(orphans), 'lost(inner)');
});

test('the same span id in another trace is not a parent', () => {
  const { orphans } = buildTree([
    span('1', undefined, 's SERVER root', { traceId: 'f'.repeat(32) }),
    span('2', '1', 's CLIENT lost'),
  ]);
  assert.equal(sketch(orphans), 'lost');
});

test('starts one nanosecond apart are told apart', () => {
  const startNs = 1_700_000_000_000_000_000n;
  const { roots } = buildTree([
    span('1', undefined, 's SERVER later', { startNs: startNs + 1n }),
    span('2', undefined, 's SERVER sooner', { startNs }),
  ]);
  assert.equal(sketch(roots), 'sooner later');
});

test('parents in a circle are each shown once', () => {
  const { roots, orphans } = buildTree([
    span('1', '2', 's CLIENT a'),
    span('2', '1', 's CLIENT b'),
    span('3', '2', 's CLIENT c'),
    span('4', '4', 's CLIENT own'),
  ]);
  assert.deepEqual(roots, []);
  assert.equal(sketch(orphans), 'a b(c) own');
});

test('a repeated span id keeps every span in one place', () => {
  const spans = [
    span('1', undefined, 's SERVER a'),
    span('1', undefined, 's SERVER b'),
    span('2', '1', 's CLIENT c'),
  ];
  const { roots } = buildTree(spans);
  assert.deepEqual(
    flatten(roots)
      .map(({ span: { name } }) => name)
      .toSorted(),
    ['a', 'b', 'c'],
  );
});

test('flatten gives parents before children', () => {
  const { roots } = buildTree(orderTrace());
  assert.deepEqual(
    flatten(roots).map(({ span: { spanId } }) => Number(spanId)),
    [1, 2, 3, 4, 5, 6, 7],
  );
});

test('a trace deeper than the call stack is built', () => {
  const depth = 20_000;
  const spans = Array.from({ length: depth }, (_unused, index) =>
    span(`${index + 1}`, index === 0 ? undefined : `${index}`, 's CLIENT deep'),
  );
  assert.equal(flatten(buildTree(spans).roots).length, depth);
});
