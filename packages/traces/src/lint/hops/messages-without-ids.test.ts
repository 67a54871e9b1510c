import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attributes } from '../../tree/span.ts';
import { lint } from '../lint.ts';
import type { LintSpan } from '../model/read-spans.ts';
import { A, at, B, C, found, linkTo, message, sent, consumer } from '../../testing/lint.ts';

const BARE = { 'messaging.system': 'kafka', 'messaging.destination.name': 'parcels' };

const send = (trace: string, ms: number) =>
  at(trace, '2', undefined, 'shop PRODUCER send parcels', { atMs: [ms, ms + 5], attributes: BARE });
const take = (trace: string, ms: number) =>
  at(trace, '5', undefined, 'mail CONSUMER process parcels', { atMs: [ms, ms + 5], attributes: BARE });

test('without ids what was sent is paired with what came next', () => {
  const spans = [send(A, 0), take(B, 10), send(C, 20), take('d'.repeat(32), 30)];
  assert.deepEqual(found(spans), ['root-consumer a2→b5', 'root-consumer c2→d5']);
  assert.equal(lint(spans).findings[0]?.certainty, 'likely');
});

test('what is paired by time counts as taken up', () => {
  const later = at(C, '1', undefined, 'shop SERVER GET /', { atMs: [60_000, 60_010] });
  assert.deepEqual(found([send(A, 0), take(B, 10), later], { unconsumedAfterMs: 1_000 }), [
    'root-consumer a2→b5',
  ]);
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

const rabbit = (name: string, value: string) => ({ 'messaging.system': 'rabbitmq', [name]: value });

test('a queue of RabbitMQ is not an exchange', () => {
  const send = at(A, '2', undefined, 'shop PRODUCER orders send', {
    attributes: rabbit('messaging.destination.name', 'orders'),
  });
  const taken = at(B, '5', undefined, 'mail CONSUMER orders process', {
    atMs: [20, 30],
    attributes: rabbit('messaging.source.name', 'orders-of-mail'),
  });
  assert.deepEqual(found([send, taken]), ['root-consumer a2→b5']);
});

test('a message that nothing took up is found where a time is set', () => {
  const later = at(B, '1', undefined, 'shop SERVER GET /', { atMs: [9_000, 9_010] });
  const spans = [...sent(A, 'm1'), later];
  assert.deepEqual(found(spans), []);
  assert.deepEqual(found(spans, { unconsumedAfterMs: 5_000 }), ['unconsumed a2→']);
  assert.deepEqual(found(spans, { unconsumedAfterMs: 50_000 }), []);
  assert.deepEqual(found([...spans, consumer(A, '2')], { unconsumedAfterMs: 5_000 }), []);
});

test('a batch may have taken more than it keeps links for', () => {
  const batch = (count: number, destination: string) =>
    at(B, '5', undefined, 'mail CONSUMER process parcels', {
      atMs: [9_000, 9_010],
      attributes: {
        ...BARE,
        'messaging.destination.name': destination,
        'messaging.operation': 'process',
        'messaging.batch.message_count': count,
      },
      links: [linkTo('3', A)],
    });
  const second = at(A, '3', '1', 'shop PRODUCER send parcels', { attributes: BARE });
  const unconsumed = (taken: LintSpan) =>
    found([...sent(A, '', { attributes: BARE }), second, taken], {
      unconsumedAfterMs: 5_000,
      rules: ['unconsumed'],
    });
  assert.deepEqual(unconsumed(batch(2, 'parcels')), []);
  assert.deepEqual(unconsumed(batch(1, 'parcels')), ['unconsumed a2→']);
  assert.deepEqual(unconsumed(batch(2, 'mails')), ['unconsumed a2→']);
});

const later = at(C, '1', undefined, 'shop SERVER GET /', { atMs: [60_000, 60_010] });

/** Returns which of five messages, sent one second apart, count as unconsumed if there is a batch. */
function unconsumed(
  count: number,
  operation: string,
  atMs: [number, number],
  { links = [linkTo('3', A)], sentTo = 'parcels' } = {},
): string[] {
  const attributes = { 'messaging.system': 'aws_sqs', 'messaging.destination.name': sentTo };
  const senders = [1, 2, 3, 4, 5].map((id) =>
    at(A, `${id}`, undefined, 'shop PRODUCER send', { atMs: [id * 1_000, id * 1_000 + 5], attributes }),
  );
  const batch = at(B, '5', undefined, 'mail CONSUMER process parcels', {
    atMs,
    attributes: {
      ...attributes,
      'messaging.destination.name': 'parcels',
      'messaging.operation.type': operation,
      'messaging.batch.message_count': count,
    },
    links,
  });
  return found([...senders, batch, later], { unconsumedAfterMs: 1_000, rules: ['unconsumed'] });
}

test('a batch takes no more than it counts, and the last', () => {
  const [one, two, four, five] = [1, 2, 4, 5].map((id) => `unconsumed a${id}→`);
  assert.deepEqual(unconsumed(2, 'process', [9_000, 9_010]), [one, two, four]);
  assert.deepEqual(unconsumed(5, 'process', [9_000, 9_010]), []);
  const sentTo = 'https://sqs.eu/1/parcels';
  assert.deepEqual(unconsumed(5, 'process', [9_000, 9_010], { sentTo }), []);
  // A message sent while the batch is processed is not in it. A message sent while a poll waits may be.
  assert.deepEqual(unconsumed(5, 'process', [4_500, 9_010]), [five]);
  assert.deepEqual(unconsumed(5, 'receive', [500, 4_500]), [five]);
});

test('a batch that links to no message names none', () => {
  const all = [1, 2, 3, 4, 5].map((id) => `unconsumed a${id}→`);
  const unrelated = { links: [linkTo('7', 'e'.repeat(32))] };
  assert.deepEqual(unconsumed(500, 'process', [9_000, 9_010], unrelated), all);
  // A batch that ends in the future takes only the message to which it links.
  const atMs: [number, number] = [200_000, 200_010];
  assert.deepEqual(unconsumed(5, 'process', atMs), all.toSpliced(2, 1));
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
