import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readExpected } from './read.ts';

test('a label is read into service, kind and name', () => {
  assert.deepEqual(readExpected('writer SERVER POST /orders'), {
    service: 'writer',
    kind: 'SERVER',
    name: 'POST /orders',
  });
  assert.deepEqual(readExpected('POST /orders'), { name: 'POST /orders' });
  assert.deepEqual(readExpected('a SERVER'), { name: 'a SERVER' });
});

test('a node keeps all that it says', () => {
  const node = {
    span: 'a CLIENT b',
    status: 'OK',
    attributes: { k: 1 },
    links: ['x'],
    count: { min: 1, max: 2 },
    optional: true,
    children: ['c', { name: 'd', children: [] }],
  };
  const { status, attributes, links, count, optional } = node;
  assert.deepEqual(readExpected(node), {
    service: 'a',
    kind: 'CLIENT',
    name: 'b',
    status,
    attributes,
    links,
    count,
    optional,
    children: [{ name: 'c' }, { name: 'd', children: [] }],
  });
});

for (const [value, message] of [
  [5, 'Failed to read the root: got 5. Expected a label or an object.'],
  [null, 'Failed to read the root: got null. Expected a label or an object.'],
  [{ service: 'a' }, 'Failed to read the root: got {"service":"a"}. Expected a text in "span" or in "name".'],
  [{ name: 5 }, 'Failed to read the root.name: got 5. Expected a text.'],
  [
    { name: 'a', kind: 'server' },
    'Failed to read the root.kind: got "server". Expected UNSPECIFIED, INTERNAL, SERVER, CLIENT, PRODUCER, CONSUMER.',
  ],
  [{ name: 'a', status: 'FAIL' }, 'Failed to read the root.status: got "FAIL". Expected UNSET, OK, ERROR.'],
  [{ name: 'a', attributes: [] }, 'Failed to read the root.attributes: got []. Expected an object.'],
  [
    { name: 'a', links: 'x' },
    'Failed to read the root.links: got "x". Expected a number or a list of labels.',
  ],
  [
    { name: 'a', links: [5] },
    'Failed to read the root.links: got [5]. Expected a number or a list of labels.',
  ],
  [{ name: 'a', count: -1 }, 'Failed to read the root.count: got -1. Expected a number or {min, max}.'],
  [
    { name: 'a', count: { most: 1 } },
    'Failed to read the root.count: got {"most":1}. Expected a number or {min, max}.',
  ],
  [{ name: 'a', optional: 'yes' }, 'Failed to read the root.optional: got "yes". Expected true or false.'],
  [{ name: 'a', children: {} }, 'Failed to read the root.children: got {}. Expected a list.'],
  [
    { name: 'a', children: ['b', { nmae: 'c' }] },
    'Failed to read the root.children[1]: got "nmae". Expected one of the fields span, name, service, kind, status, attributes, links, count, optional, children.',
  ],
  [
    { name: 'a', toString: 'b' },
    'Failed to read the root: got "toString". Expected one of the fields span, name, service, kind, status, attributes, links, count, optional, children.',
  ],
] as const) {
  test(`${JSON.stringify(value)} is refused by its place`, () => {
    assert.throws(() => readExpected(value), { name: 'TypeError', message });
  });
}
