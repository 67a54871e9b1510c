import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullId, linkTo, span, traceId } from '../testing/spans.ts';
import { rowsOf, type Row, type RowOptions } from './rows.ts';

const otherTrace = 'b'.repeat(32);
const key = (id: string) => `${traceId}/${fullId(id)}`;

function shown(spans: ReturnType<typeof span>[], options?: RowOptions): string[] {
  return rowsOf(spans, options).map((row) => {
    if (row.type === 'trace') return `trace ${row.traceId.slice(0, 4)}`;
    return `${'.'.repeat(row.depth)}${row.type === 'span' ? row.span.name : row.text}`;
  });
}

test('children stand under their parents by start', () => {
  const spans = [
    span('1', undefined, 's SERVER root'),
    span('2', '1', 's CLIENT late', { atMs: [5, 6] }),
    span('3', '1', 's CLIENT early', { atMs: [1, 4] }),
    span('4', '3', 's CLIENT leaf', { atMs: [2, 3] }),
  ];
  assert.deepEqual(shown(spans), ['trace 0af7', 'root', '.early', '..leaf', '.late']);
  const collapsed = new Set([key('3')]);
  assert.deepEqual(shown(spans, { collapsed }), ['trace 0af7', 'root', '.early', '.late']);
});

test('traces come in the order given', () => {
  const spans = [
    span('1', undefined, 's SERVER b', { traceId: otherTrace, atMs: [-9, 0] }),
    span('1', undefined, 's SERVER a'),
  ];
  assert.deepEqual(shown(spans), ['trace bbbb', 'b', 'trace 0af7', 'a']);
  assert.deepEqual(shown(spans, { order: [traceId] }), ['trace 0af7', 'a', 'trace bbbb', 'b']);
});

test('an orphan is shown last and marked as one', () => {
  const spans = [span('1', '99', 's SERVER lost', { atMs: [-5, 0] }), span('2', undefined, 's SERVER root')];
  const expected = ['trace 0af7', 'root', 'lost', '.its parent 00000000 is not in this trace'];
  assert.deepEqual(shown(spans), expected);
});

test('while a run goes on a missing parent has not ended', () => {
  const rows = rowsOf([span('1', '99', 's SERVER early')], { isOver: false });
  const note = rows.find((row) => row.type === 'note');
  assert.deepEqual([note?.tone, note?.text], ['pending', 'its parent has not ended yet']);
});

test('parents in a circle are named as such', () => {
  const circle = [span('1', '2', 's SERVER a'), span('2', '1', 's SERVER b'), span('3', '3', 's SERVER c')];
  for (const isOver of [true, false]) {
    const notes = rowsOf(circle, { isOver }).flatMap((row) => (row.type === 'note' ? [row.text] : []));
    assert.deepEqual(notes, Array(3).fill('its parents form a circle'));
  }
});

test('a trace without a length has none', () => {
  const [head] = rowsOf([span('1', undefined, 's SERVER a', { atMs: [5, 5] })]);
  assert.deepEqual(head?.type === 'trace' && head.facts.at(-1), '0 µs');
});

const spanNamed = (rows: Row[], name: string) =>
  rows.find((row) => row.type === 'span' && row.span.name === name) as Extract<Row, { type: 'span' }>;

test('a consumer waits from the end of its cause', () => {
  const send = span('1', undefined, 's PRODUCER send', { atMs: [0, 10] });
  const take = span('2', '1', 's CONSUMER take', { atMs: [300, 400] });
  assert.equal(spanNamed(rowsOf([send, take]), 'take').waitsFromMs, send.endMs);
  const wait = span('3', '1', 's INTERNAL wait orders', { atMs: [10, 299.5] });
  assert.equal(spanNamed(rowsOf([send, take, wait]), 'take').waitsFromMs, undefined);
});

test('a pause ends with the wait for the next claim', () => {
  const held = span('1', undefined, 's CONSUMER process orders', { atMs: [0, 10] });
  const settle = span('2', '1', 's CLIENT settle', { atMs: [5, 12] });
  const wait = span('3', '1', 's INTERNAL wait orders', { atMs: [60_000, 60_020] });
  assert.equal(spanNamed(rowsOf([held, settle, wait]), 'wait orders').waitsFromMs, settle.endMs);
  const backoff = span('4', '1', 's INTERNAL wait again', { atMs: [90_000, 90_020] });
  assert.equal(spanNamed(rowsOf([held, settle, wait, backoff]), 'wait again').waitsFromMs, wait.endMs);
});

test('the root of a linked trace waits from the end of the last span that it links to', () => {
  const send = span('1', undefined, 's PRODUCER send', { atMs: [0, 10] });
  const take = span('2', undefined, 's CONSUMER take', {
    traceId: otherTrace,
    atMs: [300, 400],
    links: [linkTo('1')],
  });
  const again = span('3', undefined, 's CONSUMER take again', {
    traceId: 'c'.repeat(32),
    atMs: [900, 950],
    links: [linkTo('1'), linkTo('2', otherTrace)],
  });
  const rows = rowsOf([send, take, again]);
  assert.equal(spanNamed(rows, 'take').waitsFromMs, send.endMs);
  assert.equal(spanNamed(rows, 'take again').waitsFromMs, take.endMs);
  assert.equal(spanNamed(rowsOf([take]), 'take').waitsFromMs, undefined, 'what is not shown has no end');
});

const attempt = (number: number, order: string) =>
  span(`${number}${order}`, undefined, 's CONSUMER process', {
    attributes: { 'demo.attempt': number, 'demo.order.id': order },
  });

test('of several attempts each is marked, the only one is not', () => {
  const rows = rowsOf([attempt(1, 'a'), attempt(2, 'a'), attempt(1, 'b')]);
  assert.deepEqual(
    rows.flatMap((row) => (row.type === 'span' ? [row.attempt] : [])),
    ['1', undefined, '2'],
  );
});

test('a request named by its method alone says where it goes', () => {
  const rows = rowsOf([
    span('1', undefined, 's CLIENT POST'),
    span('2', '1', 'launcher SERVER POST /reports'),
    span('3', '2', 'launcher CLIENT GET', {
      attributes: { 'url.full': 'http://10.0.0.1:6443/apis/batch/v1/namespaces/default/jobs' },
    }),
    span('4', '2', 'launcher CLIENT PUT', { attributes: { 'server.address': 'example.com' } }),
    span('5', '2', 'launcher CLIENT find orders', { attributes: { 'server.address': 'example.com' } }),
  ]);
  const targets = ['POST', 'GET', 'PUT', 'find orders'].map((name) => spanNamed(rows, name).target);
  assert.deepEqual(targets, ['launcher', 'Kubernetes', 'example.com', undefined]);
});

test('a folded branch says what is in it', () => {
  const order = { 'demo.order.id': 'abc' };
  const spans = [
    span('1', undefined, 's SERVER root', { atMs: [0, 10] }),
    span('2', '1', 's PRODUCER send', { atMs: [2, 5], attributes: order }),
    span('3', '2', 's CONSUMER take', { atMs: [50, 90], attributes: order, error: 'no' }),
  ];
  const [, row] = rowsOf(spans, { collapsed: new Set([key('1')]) });
  const [first] = spans;
  assert.deepEqual(row?.type === 'span' && row.folded, {
    startMs: first?.startMs,
    endMs: spans[2]?.endMs,
    spans: 2,
    hasFailed: true,
    order: 'abc',
  });
  assert.deepEqual(shown(spans, { collapsed: new Set([traceId]) }), ['trace 0af7']);
});

test('a link names the span that it goes to, its attempt and its trace', () => {
  const spans = [
    span('1', undefined, 's CONSUMER sent', { attributes: { 'demo.attempt': 2 } }),
    span('2', '1', 's CLIENT again', { links: [linkTo('1')] }),
    span('3', undefined, 's CONSUMER taken', {
      traceId: otherTrace,
      links: [linkTo('1'), linkTo('9', 'f'.repeat(32))],
    }),
  ];
  assert.deepEqual(
    shown(spans).filter((line) => line.includes('links')),
    [
      '..links to sent, attempt 2',
      '.links to sent, attempt 2 in trace 0af76519',
      '.links to ffffffff/00000000, which is not here',
    ],
  );
});

test('a failed span gives its reason, as far as it can be printed', () => {
  const rows = rowsOf([span('1', undefined, 's SERVER a', { error: 'no\u001b[2J way' })]);
  assert.deepEqual(rows.at(-1)?.type === 'note' && rows.at(-1), {
    type: 'note',
    tone: 'error',
    text: 'no·[2J way',
    key: `${key('1')}/0`,
    depth: 1,
    trace: 1,
  });
});
