import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { assertEdges, waitForTrace } from '@beyond-headers/traces';
import { linksOf } from '../support/order-spans.ts';
import { readAttempts, readSpan } from './support/read-spans.ts';
import { traces } from './support/preload.ts';
import { startQueueTest } from './support/queue.ts';

const system = await startQueueTest('queue_retry');
after(() => system.stop());
afterEach(() => system.clear());

const failing = async () => {
  throw new TypeError('out of tea');
};

test('attempts are siblings, each linked to the one before', async () => {
  const { _id, traceIds } = await system.place();
  let runs = 0;
  system.poller(async () => {
    if (++runs < 3) await failing();
  });
  const order = await system.reaches(_id, 'fulfilled');
  const attempts = await readAttempts(traceIds[0]!, 3);
  assert.equal(new Set(attempts.map(({ parentSpanId }) => parentSpanId)).size, 1);
  assert.deepEqual(attempts.map(linksOf), [[], [attempts[0]!.spanId], [attempts[1]!.spanId]]);
  assert.deepEqual(
    attempts.map(({ status }) => status.code),
    ['ERROR', 'ERROR', 'UNSET'],
  );
  assert.deepEqual(
    attempts.map(({ attributes }) => attributes['demo.outcome']),
    ['retry', 'retry', 'fulfilled'],
  );
  assert.equal(attempts[0]!.attributes['error.type'], 'TypeError');
  assert.deepEqual(order.traceIds, traceIds);
});

test('a failed attempt says when the next one comes', async () => {
  const { _id, traceIds } = await system.place();
  system.poller(failing, { retryBaseMs: 60_000, retryMaxMs: 60_000 });
  const [attempt] = await readAttempts(traceIds[0]!, 1);
  const order = await system.reaches(_id, 'pending');
  assert.equal(attempt?.attributes['demo.retry.at'], order.availableAt.toISOString());
  const delayMs = order.availableAt.getTime() - order.history![0]!.at.getTime();
  assert.ok(delayMs >= 30_000 && delayMs <= 60_000, `${delayMs} ms`);
});

test('every attempt has a wait of its own', async () => {
  const { _id, traceIds, createdAt } = await system.place();
  let runs = 0;
  system.poller(async () => {
    if (++runs < 2) await failing();
  });
  const order = await system.reaches(_id, 'fulfilled');
  await readAttempts(traceIds[0]!, 2);
  const spans = await waitForTrace(
    traces.queryUrl,
    traceIds[0]!,
    (found) => found.filter(({ name }) => name === 'wait orders').length === 2,
  );
  const waits = spans.filter(({ name }) => name === 'wait orders');
  assert.ok(waits.some(({ startMs }) => Math.abs(startMs - createdAt.getTime()) < 1));
  assert.ok(waits.every(({ startMs, endMs }) => endMs >= startMs));
  const failedAt = order.history![0]!.at.getTime();
  assert.ok(
    waits.some(({ startMs }) => startMs >= failedAt),
    'the second wait starts after the backoff',
  );
});

test('a dead letter keeps its carrier and every attempt', async () => {
  const { _id, context } = await system.place();
  system.poller(failing);
  const order = await system.reaches(_id, 'failed');
  assert.deepEqual(order.context, context);
  assert.equal(order.error, 'out of tea');
  assert.equal(order.lease, undefined);
  assert.deepEqual(
    order.history?.map(({ attempt, outcome, error }) => [attempt, outcome, error]),
    [
      [1, 'retry', 'out of tea'],
      [2, 'retry', 'out of tea'],
      [3, 'dead letter', 'out of tea'],
    ],
  );
});

test('with shape link each attempt is a trace of its own', async () => {
  const { _id, traceIds } = await system.place();
  let runs = 0;
  const handle = async () => {
    if (++runs < 2) await failing();
  };
  system.poller(handle, { shapeOf: () => 'link' });
  const order = await system.reaches(_id, 'fulfilled');
  assert.equal(order.traceIds.length, 3);
  const [first] = await readAttempts(order.traceIds[1]!, 1);
  const [second] = await readAttempts(order.traceIds[2]!, 1);
  assert.deepEqual(
    first?.links.map(({ traceId }) => traceId),
    traceIds,
  );
  assert.deepEqual(
    second?.links.map(({ traceId }) => traceId),
    [traceIds[0], order.traceIds[1]],
  );
});

test('an order with a broken carrier gets a new trace', async () => {
  const { _id } = await system.place();
  await system.orders.updateOne({ _id }, { $set: { context: { traceparent: 'not a context' } } });
  system.poller(async () => {});
  const order = await system.reaches(_id, 'fulfilled');
  assert.equal(order.traceIds.length, 2);
  await waitForTrace(traces.queryUrl, order.traceIds[1]!, (spans) =>
    assertEdges(spans, [
      [null, '* CONSUMER process orders'],
      ['* CONSUMER process orders', '* INTERNAL wait orders'],
    ]),
  );
});

test('an order beyond the age limit gets a trace that links back', async () => {
  const { _id, traceIds } = await system.place();
  await system.orders.updateOne({ _id }, { $set: { createdAt: new Date(Date.now() - 60_000) } });
  system.poller(async () => {}, { traceMaxAgeMs: 30_000 });
  const order = await system.reaches(_id, 'fulfilled');
  assert.equal(order.traceIds.length, 2);
  const [attempt] = await readAttempts(order.traceIds[1]!, 1);
  assert.equal(attempt?.attributes['demo.trace.limit'], 'age');
  assert.deepEqual(
    attempt?.links.map(({ traceId }) => traceId),
    traceIds,
  );
});

test('a batch is one span with a link for each order', async () => {
  const placed = await Promise.all([system.place(), system.place(), system.place()]);
  system.poller(
    async ({ _id }) => {
      if (_id === placed[1]._id) await failing();
    },
    { batchSize: 10, concurrency: 1, retryBaseMs: 60_000, retryMaxMs: 60_000 },
  );
  const first = await system.reaches(placed[0]._id, 'fulfilled');
  const third = await system.reaches(placed[2]._id, 'fulfilled');
  const second = await system.reaches(placed[1]._id, 'pending');
  const batchTrace = first.traceIds[1]!;
  assert.deepEqual([second.traceIds[1], third.traceIds[1]], [batchTrace, batchTrace]);
  const [batch] = await readAttempts(batchTrace, 1);
  assert.equal(batch?.attributes['messaging.batch.message_count'], 3);
  const inBatch = await waitForTrace(traces.queryUrl, batchTrace, (found) =>
    found.some(({ name }) => name === 'settle orders'),
  );
  const settled = inBatch.find(({ name }) => name === 'settle orders');
  assert.equal(settled?.attributes['messaging.batch.message_count'], 3);
  assert.deepEqual(
    new Map(batch?.links.map(({ traceId, attributes }) => [traceId, attributes['messaging.message.id']])),
    new Map(placed.map(({ traceIds, _id }) => [traceIds[0], _id])),
  );
  const wait = await readSpan(first.traceIds[0]!, 'wait orders');
  assert.deepEqual(linksOf(wait), [batch?.spanId]);
});
