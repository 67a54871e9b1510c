import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffOf, marksOf, root, rootWith } from '../testing/diff.ts';
import { fullId, orderTrace, span } from '../testing/spans.ts';
import { assertTree } from './assert-tree.ts';
import type { Expected, ExpectedSpan } from './expected-span.ts';

const reports: Expected = { name: 'POST', kind: 'CLIENT', children: ['job-launcher SERVER POST /reports'] };
const processing: ExpectedSpan = {
  name: 'process orders',
  service: 'poller',
  kind: 'CONSUMER',
  status: 'UNSET',
  attributes: { 'demo.attempt': 1, 'messaging.system': 'mongo*' },
  links: ['writer PRODUCER send orders'],
  children: [reports],
};
const orderTree: ExpectedSpan = {
  name: 'POST /orders',
  children: [
    { name: 'send orders', children: ['writer CLIENT insert*', 'poller INTERNAL wait orders', processing] },
  ],
};

test('the expected tree passes', () => {
  assertTree(orderTrace(), orderTree);
  assertTree(orderTrace(), orderTree, { extra: 'forbid' });
  assertTree(orderTrace(), 'writer SERVER POST /orders');
});

test('the diff shows the tree with its marks', () => {
  const missing: Expected = {
    name: 'audit',
    service: 'poller',
    kind: 'CLIENT',
    children: ['poller CLIENT inner'],
  };
  const changed = { ...processing, attributes: { 'demo.attempt': 2 }, children: [reports, missing] };
  const tree = {
    ...orderTree,
    children: [{ name: 'send orders', children: ['writer CLIENT insert*', changed] }],
  };
  assert.deepEqual(diffOf(orderTrace(), tree, { extra: 'forbid' }), [
    '  writer SERVER POST /orders',
    '    writer PRODUCER send orders',
    '      writer CLIENT insert orders',
    '      poller CONSUMER process orders',
    '-         demo.attempt: 2',
    '+         demo.attempt: 1',
    '        poller CLIENT POST',
    '          job-launcher SERVER POST /reports',
    '-       poller CLIENT audit',
    '-         poller CLIENT inner',
    '+     poller INTERNAL wait orders',
  ]);
});

test('every span of the tree is needed', () => {
  for (const { spanId, name } of orderTrace()) {
    const without = orderTrace().filter((each) => each.spanId !== spanId);
    assert.notDeepEqual(diffOf(without, orderTree, { orphans: 'allow' }), [], `without ${name}`);
  }
});

test('service, kind and name must all fit', () => {
  const spans = rootWith(span('2', '1', 'a CLIENT b'));
  for (const fits of ['a CLIENT b', 'a CLIENT *', '* CLIENT b', 'b'])
    assert.deepEqual(diffOf(spans, root(fits)), []);
  for (const wrong of ['x CLIENT b', 'a SERVER b', 'a CLIENT x', 'x']) {
    assert.deepEqual(marksOf(spans, root(wrong), { extra: 'forbid' }), [`- ${wrong}`, '+ a CLIENT b']);
  }
});

test('a child in the wrong place is missing there', () => {
  const moved = orderTrace().map((each) =>
    each.name === 'process orders' ? { ...each, parentSpanId: fullId('1') } : each,
  );
  assert.deepEqual(marksOf(moved, orderTree), [
    '- poller CONSUMER process orders',
    '- * CLIENT POST',
    '- job-launcher SERVER POST /reports',
  ]);
});

test('extra spans are shown when they are forbidden', () => {
  const spans = rootWith(span('2', '1', 's CLIENT a'), span('3', '2', 's CLIENT b'));
  assert.deepEqual(diffOf(spans, 'root'), []);
  assert.deepEqual(marksOf(spans, 'root', { extra: 'forbid' }), ['+ s CLIENT a', '+ s CLIENT b']);
});

test('a second span of the same name is one too many', () => {
  const spans = rootWith(span('2', '1', 's CLIENT a'), span('3', '1', 's CLIENT a'));
  assert.deepEqual(marksOf(spans, root('a')), ['+ s CLIENT a']);
});

test('a second root is never fine', () => {
  const spans = rootWith(span('2', undefined, 's SERVER other'));
  assert.deepEqual(marksOf(spans, 'root'), ['+ s SERVER other']);
  assert.deepEqual(diffOf(spans, ['root', 'other']), []);
  assert.deepEqual(marksOf(rootWith(), ['root', 'other']), ['- other']);
});

test('orphans are refused unless they are allowed', () => {
  const spans = rootWith(span('2', '99', 's CLIENT lost'), span('3', '2', 's CLIENT inner'));
  assert.deepEqual(marksOf(spans, 'root'), [
    `+ s CLIENT lost (orphan: its parent ${fullId('99')} is not there)`,
    '+ s CLIENT inner',
  ]);
  assert.deepEqual(diffOf(spans, ['root', { name: 'lost', children: ['inner'] }], { orphans: 'allow' }), []);
});

test('a span above its own parent is in a circle', () => {
  const spans = rootWith(span('2', '3', 's CLIENT a'), span('3', '2', 's CLIENT b'));
  assert.deepEqual(marksOf(spans, 'root'), [
    '+ s CLIENT a (orphan: its parents form a circle)',
    '+ s CLIENT b (orphan: its parents form a circle)',
  ]);
});

test('no span at all is a difference', () => {
  assert.deepEqual(marksOf([], 'root'), ['- root']);
});

for (const [count, fits] of [
  [2, [2]],
  [0, [0]],
  [{ min: 1 }, [1, 2, 3]],
  [{ max: 2 }, [1, 2]],
  [{ min: 0, max: 1 }, [0, 1]],
] as const) {
  test(`count ${JSON.stringify(count)} takes ${fits.join(' or ')}`, () => {
    for (const found of [0, 1, 2, 3]) {
      const spans = Array.from({ length: found }, (_unused, index) => span(`a${index}`, '1', 's CLIENT a'));
      const isFine = diffOf(rootWith(...spans), root({ name: 'a', count })).length === 0;
      assert.equal(isFine, (fits as readonly number[]).includes(found), `${found} spans`);
    }
  });
}

test('an optional span may be absent but not wrong', () => {
  const optional: Expected = { name: 'a', optional: true, attributes: { k: 1 } };
  assert.deepEqual(diffOf(rootWith(), root(optional)), []);
  assert.deepEqual(diffOf(rootWith(span('3', '1', 's CLIENT b')), root(optional)), []);
  assert.deepEqual(
    diffOf(rootWith(span('2', '1', 's CLIENT a', { attributes: { k: 1 } })), root(optional)),
    [],
  );
  assert.deepEqual(marksOf(rootWith(span('2', '1', 's CLIENT a')), root(optional)), ['- k: 1']);
});

test('siblings of one name are told apart by what hangs below', () => {
  const first = { name: 'a', children: ['x'] };
  const second = { name: 'a', children: ['y'] };
  const spans = rootWith(
    span('2', '1', 's CLIENT a'),
    span('3', '1', 's CLIENT a'),
    span('4', '2', 's CLIENT y'),
    span('5', '3', 's CLIENT x'),
  );
  assert.deepEqual(diffOf(spans, root(first, second)), []);
  assert.deepEqual(diffOf(spans, root(second, first)), []);
});

test('a general expectation leaves the special one its span', () => {
  const general: Expected = { name: 'a', count: 2 };
  const special: Expected = { name: 'a', attributes: { k: 1 } };
  const plain = span('2', '1', 's CLIENT a');
  const marked = span('3', '1', 's CLIENT a', { attributes: { k: 1 } });
  for (const expected of [root(general, special), root(special, general)]) {
    const spans = rootWith(marked, plain, { ...plain, spanId: fullId('4') });
    assert.deepEqual(diffOf(spans, expected), []);
  }
});

test('an optional expectation leaves the required one its span', () => {
  const spans = rootWith(span('2', '1', 's CLIENT ab'));
  assert.deepEqual(diffOf(spans, root({ name: 'a*', optional: true }, 'ab')), []);
});

test('spans to look through are looked through', () => {
  const spans = rootWith(span('2', '1', 's INTERNAL middleware - a'), span('3', '2', 's CLIENT leaf'));
  assert.deepEqual(
    diffOf(spans, root('s CLIENT leaf'), { ignore: ['* INTERNAL middleware*'], extra: 'forbid' }),
    [],
  );
});

test('a trace deeper than the call stack is compared', () => {
  const chain = Array.from({ length: 5_000 }, (_, index) =>
    span(`${index + 1}`, index === 0 ? undefined : `${index}`, 's INTERNAL next', {
      atMs: [index, index + 1],
    }),
  );
  const lines = diffOf(chain, { name: 'root' });
  assert.deepEqual([lines.length, lines[0], lines[1]], [5_001, '- root', '+ s INTERNAL next']);
  assert.match(lines.at(-1) ?? '', /^\+ {2,}s INTERNAL next$/);
});

test('many children of one name take no cubic time', () => {
  const ids = Array.from({ length: 2_000 }, (_, index) => String(index + 2));
  const spans = rootWith(...ids.map((id) => span(id, '1', 's CLIENT a')));
  const startedAt = performance.now();
  assert.deepEqual(marksOf(spans, root({ name: 'a', count: { min: 1 } })), []);
  assert.equal(marksOf(spans, root({ name: 'a', count: { min: 1 }, children: ['b'] })).length, 2_000);
  assert.ok(performance.now() - startedAt < 20_000);
});
