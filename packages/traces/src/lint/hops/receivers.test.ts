import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attributes } from '../../tree/span.ts';
import { A, at, B, found, linkTo, message, sent } from '../../testing/lint.ts';

const BARE = { 'messaging.system': 'kafka', 'messaging.destination.name': 'parcels' };
const receive = (more: Attributes = {}) => ({ ...BARE, 'messaging.operation': 'receive', ...more });

const received = (parent: string | undefined, trace: string) =>
  at(trace, '5', parent, 'mail CONSUMER receive parcels', {
    atMs: [20, 40],
    attributes: message('m1', { 'messaging.operation': 'receive' }),
  });

const handled = (trace: string) =>
  at(trace, '6', '5', 'mail CONSUMER PackParcel process', { atMs: [21, 39] });

test('a receiver that names the message stands for what processes it', () => {
  assert.deepEqual(found([...sent(A, 'm1'), received('2', A), handled(A)]), []);
  assert.deepEqual(found([...sent(A, 'm1'), received(undefined, B), handled(B)]), ['lost-context a2→b5']);
  const other = at('f'.repeat(32), '2', undefined, 'shop PRODUCER send parcels', { attributes: BARE });
  const same = { ...handled(B), name: 'process parcels', attributes: BARE };
  assert.deepEqual(found([...sent(A, 'm1'), other, received(undefined, B), same]), ['lost-context a2→b5']);
  const linked = { ...handled(B), links: [linkTo('2', A)] };
  assert.deepEqual(found([...sent(A, 'm1'), received(undefined, B), linked]), []);
});

const [D, E] = ['d'.repeat(32), 'e'.repeat(32)];
const poll = (trace: string, atMs: [number, number]) =>
  at(trace, '5', undefined, 'mail CONSUMER receive parcels', { atMs, attributes: receive() });
const left = sent(A, '', { attributes: BARE });

test('polls that are alike may all have found nothing', () => {
  assert.deepEqual(found([poll(D, [-900, -800]), ...left, poll(E, [20, 30])]), []);
  const work = at(E, '6', '5', 'mail INTERNAL pack', { atMs: [22, 29] });
  assert.deepEqual(found([poll(D, [-90_000, -80_000]), ...left, poll(E, [20, 30]), work]), [
    'root-consumer a2→e5',
  ]);
});

const counted = (count: number) => ({
  ...poll(E, [20, 30]),
  attributes: receive({ 'messaging.batch.message_count': count }),
});

test('a poll that says that it found nothing received nothing', () => {
  assert.deepEqual(found([...left, counted(0)]), []);
  assert.deepEqual(found([...left, counted(1)]), ['root-consumer a2→e5']);
});

test('destinations that begin alike are two', () => {
  for (const [one, other] of [
    ['persistent://public/default/parcels', 'persistent://public/default/mails'],
    ['arn:aws:sqs:eu-west-1:17:parcels', 'arn:aws:sqs:eu-west-1:17:mails'],
  ] as const) {
    const producer = at(A, '2', undefined, `shop PRODUCER ${one} send`, {
      attributes: { ...BARE, 'messaging.destination.name': one },
    });
    const receiver = (name: string) => ({
      ...poll(B, [20, 30]),
      attributes: receive({ 'messaging.destination.name': name }),
    });
    assert.deepEqual(found([producer, receiver(other)]), []);
    assert.deepEqual(found([producer, receiver(one)]), ['root-consumer a2→b5']);
  }
});

const routedBy = (routing: string) => ({
  'messaging.system': 'rabbitmq',
  'messaging.destination.name': 'parcels',
  'messaging.rabbitmq.destination.routing_key': routing,
});

const routedReceiver = (routing: string) => ({
  ...poll(B, [20, 30]),
  attributes: { ...routedBy(routing), 'messaging.operation': 'receive' },
});

test('another routing key leads elsewhere', () => {
  const producer = at(A, '2', undefined, 'shop PRODUCER publish parcels', { attributes: routedBy('packed') });
  assert.deepEqual(found([producer, routedReceiver('returned')]), []);
  assert.deepEqual(found([producer, routedReceiver('packed')]), ['root-consumer a2→b5']);
});

const queue = (name: string) => ({ 'messaging.system': 'aws_sqs', 'messaging.destination.name': name });

test('a queue is known by its URL and by its name', () => {
  const producer = at(A, '2', undefined, 'shop PRODUCER send', {
    attributes: queue('https://sqs.eu-west-1.amazonaws.com/17/parcels'),
  });
  const consumer = at(B, '5', undefined, 'mail CONSUMER process', {
    atMs: [20, 30],
    attributes: queue('parcels'),
  });
  assert.deepEqual(found([producer, consumer]), ['root-consumer a2→b5']);
});
