import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messagingMetric, messagingSpan } from './messaging-attributes.ts';

const QUEUE = { 'messaging.system': 'mongodb', 'messaging.destination.name': 'orders' };

test('the span of one order has its id', () => {
  assert.deepEqual(messagingSpan('process', ['7']), {
    ...QUEUE,
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'messaging.message.id': '7',
  });
});

test('the span of a batch says how many it has', () => {
  assert.deepEqual(messagingSpan('settle', ['7', '8']), {
    ...QUEUE,
    'messaging.operation.name': 'settle',
    'messaging.operation.type': 'settle',
    'messaging.batch.message_count': 2,
  });
});

test("a requeue is a send in the conventions' words", () => {
  const { 'messaging.operation.name': name, 'messaging.operation.type': type } = messagingSpan('requeue', [
    '7',
  ]);
  assert.deepEqual([name, type], ['requeue', 'send']);
});

test('a metric names the queue, and the operation where there is one', () => {
  assert.deepEqual(messagingMetric(), QUEUE);
  assert.deepEqual(messagingMetric('receive'), { ...QUEUE, 'messaging.operation.name': 'receive' });
});
