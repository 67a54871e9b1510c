import assert from 'node:assert/strict';
import { test } from 'node:test';
import { A, at, B, C, found, linkTo, message } from '../../testing/lint.ts';

/* The span that created a message may not be the one that sends it and knows its id. */

const BARE = { 'messaging.system': 'kafka', 'messaging.destination.name': 'parcels' };
const root = at(A, '1', undefined, 'shop SERVER POST /parcels', { atMs: [0, 12] });
const send = at(A, '3', '1', 'shop CLIENT send parcels', {
  atMs: [4, 10],
  attributes: message('m1', { 'messaging.operation.type': 'send' }),
});
const create = at(A, '2', '1', 'shop PRODUCER create parcels', { atMs: [2, 3], attributes: BARE });
const taken = (trace: string, parent: string | undefined) =>
  at(trace, '5', parent, 'mail CONSUMER process parcels', { atMs: [20, 30], attributes: message('m1') });

test('a consumer under the span that created its message is right', () => {
  assert.deepEqual(found([root, create, send, taken(A, '2')]), []);
  const elsewhere = { ...BARE, 'messaging.destination.name': 'mails' };
  const created = { ...create, attributes: elsewhere };
  assert.deepEqual(found([root, created, send, taken(A, '2')]), ['wrong-parent a3→a5']);
  assert.deepEqual(found([root, created, { ...send, links: [linkTo('2', A)] }, taken(A, '2')]), []);
});

test('a consumer under a sender that wraps another is right', () => {
  const outer = at(A, '2', '1', 'shop PRODUCER publish ParcelPacked', {
    atMs: [2, 11],
    attributes: { ...BARE, 'messaging.destination.name': 'events' },
  });
  const inner = { ...send, parentSpanId: outer.spanId };
  assert.deepEqual(found([root, outer, inner, taken(A, '2')]), []);
  const over = { ...outer, endMs: outer.startMs + 1 };
  assert.deepEqual(found([root, over, inner, taken(A, '2')]), ['wrong-parent a3→a5']);
});

test('what another service sends on is not made by the first sender', () => {
  const first = at(A, '2', '1', 'shop PRODUCER send boxes', {
    atMs: [2, 50],
    attributes: message('m0', { 'messaging.destination.name': 'boxes' }),
  });
  const relay = at(A, '6', '2', 'relay CONSUMER process boxes', {
    atMs: [5, 12],
    attributes: first.attributes,
  });
  const on = at(A, '3', '6', 'relay PRODUCER send parcels', { atMs: [6, 10], attributes: message('m1') });
  assert.deepEqual(found([root, first, relay, on, taken(A, '2')]), ['wrong-parent a3→a5']);
});

test('what was lost was sent by the span that created it', () => {
  const batch = {
    ...send,
    attributes: { ...BARE, 'messaging.operation.type': 'send', 'messaging.batch.message_count': 2 },
    links: [linkTo('2', A), linkTo('4', A)],
  };
  const second = { ...create, spanId: '4'.padStart(16, '0') };
  const joined = at(A, '6', '2', 'mail CONSUMER process parcels', { atMs: [20, 30], attributes: BARE });
  const lost = at(B, '5', undefined, 'mail CONSUMER process parcels', { atMs: [21, 30], attributes: BARE });
  assert.deepEqual(found([root, create, second, batch, joined, lost]), ['root-consumer a4→b5']);
});

test('a key proves nothing against a sender above', () => {
  const key = { ...BARE, 'messaging.kafka.message.key': 'k' };
  const keyed = at(A, '2', undefined, 'shop PRODUCER send parcels', { attributes: key });
  const plain = at(B, '2', undefined, 'till PRODUCER send parcels', { attributes: BARE });
  const consumer = at(B, '5', '2', 'mail CONSUMER process parcels', { atMs: [20, 30], attributes: key });
  assert.deepEqual(found([keyed, plain, consumer]), []);
  const mails = { ...plain, attributes: { ...BARE, 'messaging.destination.name': 'mails' } };
  assert.deepEqual(found([keyed, mails, consumer]), ['wrong-trace a2→b5']);
});

test('the invocation of a function is not other work', () => {
  const attributes = { 'faas.invocation_id': 'i1' };
  const invocation = at(C, '1', undefined, 'mail SERVER handler', { atMs: [18, 40], attributes });
  const spans = [root, send, { ...taken(C, '1') }];
  assert.deepEqual(found([...spans, invocation]), ['lost-context a3→c5']);
  assert.deepEqual(found([...spans, { ...invocation, attributes: {} }]), ['wrong-trace a3→c5']);
});

test('what was taken under its maker was taken from its sender', () => {
  const spans = [root, create, send, taken(A, '2')];
  const later = at(C, '1', undefined, 'desk SERVER GET /', { atMs: [9_000, 9_010] });
  const sender = { ...send, kind: 'PRODUCER' as const };
  assert.deepEqual(found([root, create, sender, taken(A, '2'), later], { unconsumedAfterMs: 1_000 }), []);
  const other = at(B, '5', undefined, 'mail CONSUMER process parcels', { atMs: [21, 30], attributes: BARE });
  assert.deepEqual(found([...spans, other]), ['root-consumer →b5']);
});

test('a sender that names its maker has no other', () => {
  const second = { ...create, spanId: '4'.padStart(16, '0') };
  const linked = { ...send, links: [linkTo('4', A)] };
  assert.deepEqual(found([root, create, second, linked, taken(A, '4')]), []);
  assert.deepEqual(found([root, create, second, linked, taken(A, '2')]), ['wrong-parent a3→a5']);
});

test('what is created and handed over is not consumed by that, whichever links to the other', () => {
  const made = { ...create, links: [linkTo('3', A)] };
  const over = { ...send, links: [linkTo('2', A)] };
  const later = at(C, '1', undefined, 'desk SERVER GET /', { atMs: [9_000, 9_010] });
  const options = { unconsumedAfterMs: 1_000, rules: ['unconsumed'] as const };
  assert.deepEqual(found([root, made, over, later], options), ['unconsumed a2→']);
  assert.deepEqual(found([root, made, over, taken(A, '2'), later], options), []);
});
