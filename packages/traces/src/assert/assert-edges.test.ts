import assert, { AssertionError } from 'node:assert';
import { test } from 'node:test';
import { assertEdges, type EdgeRow } from './assert-edges.ts';
import { fullId, orderTrace, span } from '../testing/spans.ts';

const rows: EdgeRow[] = [
  [null, 'writer SERVER POST /orders'],
  ['writer SERVER POST /orders', 'writer PRODUCER send orders'],
  ['writer PRODUCER send orders', 'writer CLIENT insert orders'],
  ['writer PRODUCER send orders', 'poller INTERNAL wait orders'],
  ['writer PRODUCER send orders', 'poller CONSUMER process orders'],
  ['poller CONSUMER process orders', 'poller CLIENT POST'],
  ['poller CLIENT POST', 'job-launcher SERVER POST /reports'],
];

function messageOf(spans: Parameters<typeof assertEdges>[0], expected: readonly EdgeRow[]): string {
  try {
    assertEdges(spans, expected);
  } catch (error) {
    assert.ok(error instanceof AssertionError);
    return error.message;
  }
  return 'no error';
}

test('every edge of the trace holds', () => {
  assertEdges(orderTrace(), rows);
});

for (const [index, row] of rows.entries()) {
  test(`row ${index} fails without its child`, () => {
    const spans = orderTrace().filter((each) => !row[1].endsWith(` ${each.name}`));
    assert.ok(messageOf(spans, [row]).includes(`- ${row[0] ?? '(root)'} → ${row[1]}`));
  });
}

test('a child under another parent is shown where it hangs', () => {
  const moved = orderTrace().map((each) =>
    each.name === 'process orders' ? { ...each, parentSpanId: fullId('1') } : each,
  );
  const message = messageOf(moved, rows);
  assert.match(message, /^2 of the expected edges differ/);
  assert.ok(message.includes('- writer PRODUCER send orders → poller CONSUMER process orders'));
  assert.ok(message.includes('+ writer SERVER POST /orders → poller CONSUMER process orders'));
});

test('one of two attempts that hangs elsewhere is found', () => {
  const stray = span('9', undefined, 'poller CONSUMER process orders');
  const message = messageOf([...orderTrace(), stray], rows);
  assert.match(message, /^1 of the expected edges/);
  assert.ok(message.includes('+ (root) → poller CONSUMER process orders'));
});

test('a span whose parent is away is not a root', () => {
  const lost = span('9', '77', 'poller CONSUMER lost');
  assert.match(messageOf([lost], [[null, 'poller CONSUMER lost']]), /\+ \(absent\) → poller CONSUMER lost/);
});

test('a parent of the same id in another trace does not count', () => {
  const spans = orderTrace().map((each) =>
    each.kind === 'CONSUMER' ? { ...each, traceId: 'f'.repeat(32) } : each,
  );
  assert.notEqual(messageOf(spans, rows), 'no error');
});

test('a star stands for any text', () => {
  assertEdges(orderTrace(), [
    ['* PRODUCER send *', '* CONSUMER process orders'],
    ['poller*', '* SERVER *reports'],
  ]);
  assert.notEqual(messageOf(orderTrace(), [['* CLIENT *', 'poller CONSUMER process orders']]), 'no error');
});

test('the message shows the whole trace', () => {
  assert.match(messageOf(orderTrace(), [['x', 'y']]), /trace 0af7651916cd43dd8448eb211c80319c · 7 spans/);
});
