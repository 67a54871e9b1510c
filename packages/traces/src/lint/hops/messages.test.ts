import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../lint.ts';
import { A, at, B, C, found, linkTo, message, sent, consumer } from '../../testing/lint.ts';

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
