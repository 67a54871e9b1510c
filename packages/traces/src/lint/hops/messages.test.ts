import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attributes } from '../../tree/span.ts';
import { lint } from '../lint.ts';
import { A, at, B, C, found, linkTo, message, sent } from '../../testing/lint.ts';

const consumer = (trace: string, parent: string | undefined, sketch: Parameters<typeof at>[4] = {}) =>
  at(trace, '5', parent, 'mail CONSUMER process parcels', {
    atMs: [20, 30],
    attributes: message('m1'),
    ...sketch,
  });

const BARE = { 'messaging.system': 'kafka', 'messaging.destination.name': 'parcels' };

test('a consumer under its producer is right', () => {
  assert.deepEqual(found([...sent(A, 'm1'), consumer(A, '2')]), []);
});

test('a consumer that links to its producer is right', () => {
  assert.deepEqual(found([...sent(A, 'm1'), consumer(B, undefined, { links: [linkTo('2', A)] })]), []);
  assert.deepEqual(found([...sent(A, 'm1'), consumer(A, '2', { links: [linkTo('2', A)] })]), []);
});

test('several receivers, and several attempts, are right', () => {
  const other = at(A, '6', '2', 'bill CONSUMER process parcels', {
    atMs: [20, 25],
    attributes: message('m1'),
  });
  const again = at(A, '7', '2', 'mail CONSUMER process parcels', {
    atMs: [40, 45],
    attributes: message('m1'),
  });
  assert.deepEqual(found([...sent(A, 'm1'), consumer(A, '2'), other, again]), []);
});

test('an attempt that links to the one before is right', () => {
  const again = at(B, '7', undefined, 'mail CONSUMER process parcels', {
    atMs: [40, 45],
    attributes: message('m1'),
    links: [linkTo('5', C)],
  });
  const first = consumer(C, undefined, { links: [linkTo('2', A)] });
  assert.deepEqual(found([...sent(A, 'm1'), first, again]), []);
});

test('a consumer that begins a trace lost its context', () => {
  const spans = [...sent(A, 'm1'), consumer(B, undefined)];
  assert.deepEqual(found(spans), ['lost-context a2→b5']);
  assert.equal(lint(spans).findings[0]?.certainty, 'certain');
});

test('attempts that all lost it are one finding', () => {
  const again = at(C, '7', undefined, 'mail CONSUMER process parcels', {
    atMs: [40, 45],
    attributes: message('m1'),
  });
  assert.deepEqual(found([...sent(A, 'm1'), consumer(B, undefined), again]), ['lost-context a2→b5']);
  const linked = { ...again, links: [linkTo('5', B)] };
  assert.deepEqual(found([...sent(A, 'm1'), consumer(B, undefined), linked]), ['lost-context a2→b5']);
});

test('the older names of the conventions count', () => {
  const old = {
    'messaging.system': 'rabbitmq',
    'messaging.destination': '',
    'messaging.rabbitmq.routing_key': 'parcels',
    'messaging.message_id': 'm1',
  };
  const spans = [
    ...sent(A, 'm1', { attributes: old }),
    consumer(B, undefined, { attributes: { ...old, 'messaging.operation': 'process' } }),
  ];
  assert.deepEqual(found(spans), ['lost-context a2→b5']);
});

test('a queue that names its jobs its own way is read', () => {
  const job = { 'bullmq.queue.name': 'parcels', 'bullmq.job.id': '7' };
  const spans = [...sent(A, '', { attributes: job }), consumer(B, undefined, { attributes: job })];
  assert.deepEqual(found(spans), ['root-consumer a2→b5']);
  assert.equal(lint(spans).findings[0]?.certainty, 'likely');
});

test('a CLIENT that publishes is a sender, one that receives is not a consumer', () => {
  const publish = at(A, '2', undefined, 'shop CLIENT publish parcels', {
    atMs: [0, 5],
    attributes: message('m1', { 'messaging.operation.type': 'publish' }),
  });
  assert.deepEqual(found([publish, consumer(B, undefined)]), ['lost-context a2→b5']);
  const poll = at(C, '1', undefined, 'mail CLIENT poll parcels', {
    atMs: [15, 16],
    attributes: message('', { 'messaging.operation.type': 'receive', 'messaging.batch.message_count': 1 }),
  });
  const under = at(C, '5', '1', 'mail CONSUMER process parcels', {
    atMs: [20, 30],
    attributes: message('m1'),
    links: [linkTo('2', A)],
  });
  assert.deepEqual(found([...sent(A, 'm1'), poll, under]), []);
  // The link may be on the span that received.
  const plain = { ...under, links: [] };
  assert.deepEqual(found([...sent(A, 'm1'), { ...poll, links: [linkTo('2', A)] }, plain]), []);
  assert.deepEqual(found([...sent(A, 'm1'), poll, plain]), ['lost-context a2→c5']);
});

test('one id in two systems, or before it was sent, is not a pair', () => {
  const elsewhere = consumer(B, undefined, { attributes: message('m1', { 'messaging.system': 'redis' }) });
  assert.deepEqual(found([...sent(A, 'm1'), elsewhere]), ['root-consumer →b5']);
  const before = consumer(B, undefined, { atMs: [-90_000, -80_000] });
  assert.deepEqual(found([...sent(A, 'm1'), before]), ['root-consumer →b5']);
});

test('a consumer in the trace of another message is wrong', () => {
  const spans = [...sent(A, 'm1'), ...sent(B, 'm2'), consumer(B, '2')];
  assert.deepEqual(found(spans), ['wrong-trace a2→b5']);
});

test('a consumer under a parent that is not there is wrong, and no orphan too', () => {
  assert.deepEqual(found([...sent(A, 'm1'), consumer(C, 'f')]), ['wrong-trace a2→c5']);
});

test('a consumer that links elsewhere is wrong', () => {
  const spans = [...sent(A, 'm1'), ...sent(B, 'm2'), consumer(C, undefined, { links: [linkTo('2', B)] })];
  assert.deepEqual(found(spans), ['wrong-trace a2→c5']);
});

test('a consumer in the trace that started its worker is wrong', () => {
  const start = at(B, '1', undefined, 'mail INTERNAL start worker', { atMs: [0, 5] });
  const called = consumer(A, '2', { spanId: 'b'.padStart(16, '0') });
  assert.deepEqual(found([start, ...sent(A, 'm1'), called, consumer(B, '1')]), ['wrong-trace a2→b5']);
});

test('a span that only wraps the consumer makes it no other trace', () => {
  const wrap = at(B, '1', undefined, 'mail INTERNAL handle', { atMs: [19, 31] });
  assert.deepEqual(found([wrap, ...sent(A, 'm1'), consumer(B, '1')]), ['lost-context a2→b5']);
});

test('a consumer beside its producer has the wrong parent', () => {
  assert.deepEqual(found([...sent(A, 'm1'), consumer(A, '1')]), ['wrong-parent a2→a5']);
});

test('one id in two places of a system is likely the same message', () => {
  const id = '0192f0c1-7d5e-7c21-b1a4-6f0f3a9d2e11';
  const other = message(id, { 'messaging.destination.name': 'copies' });
  const spans = [...sent(A, id), consumer(B, undefined, { attributes: other })];
  assert.deepEqual(found(spans), ['root-consumer a2→b5']);
});

test('a consumer under another span that created the message is right', () => {
  const create = at(A, '3', '1', 'shop PRODUCER create parcels', { atMs: [1, 2], attributes: message('m1') });
  assert.deepEqual(found([...sent(A, 'm1'), create, consumer(A, '3')]), []);
});

const send = (trace: string, ms: number) =>
  at(trace, '2', undefined, 'shop PRODUCER send parcels', { atMs: [ms, ms + 5], attributes: BARE });
const take = (trace: string, ms: number) =>
  at(trace, '5', undefined, 'mail CONSUMER process parcels', { atMs: [ms, ms + 5], attributes: BARE });

test('without ids what was sent is paired with what came next', () => {
  const spans = [send(A, 0), take(B, 10), send(C, 20), take('d'.repeat(32), 30)];
  assert.deepEqual(found(spans), ['root-consumer a2→b5', 'root-consumer c2→d5']);
  assert.equal(lint(spans).findings[0]?.certainty, 'likely');
});

test('of messages with one key the one that nothing took up is paired', () => {
  const key = {
    'messaging.system': 'kafka',
    'messaging.destination.name': 'parcels',
    'messaging.kafka.message.key': 'k',
  };
  const spans = [
    ...sent(A, '', { attributes: key }),
    ...sent(B, '', { attributes: key }),
    consumer(B, '2', { attributes: key }),
    consumer(C, undefined, { attributes: key }),
  ];
  assert.deepEqual(found(spans), ['root-consumer a2→c5']);
});

test('what was sent and taken up needs no other taker', () => {
  const spans = [...sent(A, '', { attributes: BARE }), consumer(A, '2', { attributes: BARE })];
  const stranger = consumer(B, undefined, { attributes: BARE });
  assert.deepEqual(found([...spans, stranger]), ['root-consumer →b5']);
});

test('a batch with links is right, one without lost its messages', () => {
  const several = message('', { 'messaging.batch.message_count': 2 });
  const batch = consumer(C, undefined, { attributes: several, links: [linkTo('2', A), linkTo('2', B)] });
  assert.deepEqual(found([...sent(A, 'm1'), ...sent(B, 'm2'), batch]), []);
  const without = consumer(C, undefined, { attributes: several });
  assert.match(found([...sent(A, 'm1'), ...sent(B, 'm2'), without]).join(), /^root-consumer [ab]2→c5$/);
});

const received = (id: string, parent: string | undefined, more: Attributes = {}) =>
  at(B, id, parent, 'mail CONSUMER receive parcels', {
    atMs: [20, 30],
    attributes: { ...BARE, 'messaging.operation': 'receive', ...more },
  });

test('a receiver that names no message is paired with an unmatched sender', () => {
  assert.deepEqual(found([...sent(A, '', { attributes: BARE }), received('5', undefined)]), [
    'root-consumer a2→b5',
  ]);
});

test('a receiver that names no message may have found none', () => {
  const taken = [...sent(A, '', { attributes: BARE }), consumer(A, '2', { attributes: BARE })];
  assert.deepEqual(found([received('5', undefined)]), []);
  assert.deepEqual(found([...taken, received('5', undefined)]), []);
});

test('a poll whose parts are received below it is not a consumer', () => {
  const poll = received('5', undefined, { 'messaging.batch.message_count': 1 });
  const part = { ...received('6', '5', { 'messaging.batch.message_count': 1 }), links: [linkTo('2', A)] };
  assert.deepEqual(found([...sent(A, '', { attributes: BARE }), poll, part]), []);
});

test('a sender without its span leaves a root consumer', () => {
  assert.deepEqual(found([consumer(B, undefined)]), ['root-consumer →b5']);
});

test('a message that nothing took up is found where a time is set', () => {
  const later = at(B, '1', undefined, 'shop SERVER GET /', { atMs: [9_000, 9_010] });
  const spans = [...sent(A, 'm1'), later];
  assert.deepEqual(found(spans), []);
  assert.deepEqual(found(spans, { unconsumedAfterMs: 5_000 }), ['unconsumed a2→']);
  assert.deepEqual(found(spans, { unconsumedAfterMs: 50_000 }), []);
  assert.deepEqual(found([...spans, consumer(A, '2')], { unconsumedAfterMs: 5_000 }), []);
});

test('values of attributes are shown only if asked for', () => {
  const spans = [...sent(A, 'secret-17'), consumer(B, undefined, { attributes: message('secret-17') })];
  assert.doesNotMatch(JSON.stringify(lint(spans)), /secret/);
  assert.match(JSON.stringify(lint(spans, { showValues: true })), /secret-17/);
});

const place = (topic: string) => ({
  'messaging.system': 'kafka',
  'messaging.destination.name': topic,
  'messaging.destination.partition.id': '0',
  'messaging.kafka.offset': 41,
});

test('a place in a topic proves nothing', () => {
  const spans = [
    ...sent(A, '', { attributes: place('parcels') }),
    consumer(B, undefined, { attributes: place('parcels') }),
  ];
  const [finding] = lint(spans).findings;
  assert.deepEqual([finding?.rule, finding?.certainty], ['root-consumer', 'likely']);
  assert.match(finding?.evidence[0] ?? '', /have the same place in the topic\.$/);
  assert.deepEqual(found([...spans.slice(0, 2), consumer(A, '2', { attributes: place('parcels') })]), []);
});

test('the value that is shown is the one they share', () => {
  const key = { ...BARE, 'messaging.kafka.message.key': 'shared' };
  const taken = consumer(B, undefined, { attributes: { ...place('parcels'), ...key } });
  const [finding] = lint([...sent(A, '', { attributes: key }), taken], { showValues: true }).findings;
  assert.match(finding?.evidence[0] ?? '', /the same id, key or conversation \(parcels, shared\)\.$/);
});
