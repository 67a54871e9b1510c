import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { partIds, type OrderDocument, type OrderView, type Problem } from '@beyond-headers/contracts';
import { waitForTrace } from '@beyond-headers/traces';
import request from 'supertest';
import { joinParts } from '../../services/poller/parts/join-parts.ts';
import { requeueDeadLetter } from '../../services/poller/queue/dead-letters.ts';
import { decideOrder } from '../../services/writer/decide-order.ts';
import { attemptsIn, linksOf } from '../support/order-spans.ts';
import { lastSpanOf, readParts } from './support/order-parts.ts';
import { traces } from './support/preload.ts';
import { fulfil, ORDER, startQueueTest } from './support/queue.ts';

const system = await startQueueTest('queue_parts');
after(() => system.stop());
afterEach(() => system.clear());

test('a part that fails makes a dead letter of its order, and both can be requeued', async () => {
  let isBroken = true;
  let runs = 0;
  system.poller(async ({ part: ofOrder }) => {
    if (!ofOrder) runs++;
    if (ofOrder?.index === 1 && isBroken) throw new Error('out of tea');
  });
  const { _id, traceIds } = await system.place({ parts: 3 });
  const failed = await system.reaches(_id, 'steps-failed');
  const [, second] = partIds(failed);
  assert.match(failed.error ?? '', new RegExp(`^1 of 3 parts were not fulfilled: ${second}`));
  assert.deepEqual([runs, failed.attempts, failed.history?.at(-1)?.outcome], [0, 1, 'dead letter']);
  const spans = await waitForTrace(traces.queryUrl, traceIds[0]!, (found) =>
    assert.equal(attemptsIn(found).at(-1)?.attributes['demo.outcome'], 'dead letter'),
  );
  const parts = await readParts(system, failed);
  assert.deepEqual(linksOf(attemptsIn(spans).at(-1)), parts.map(lastSpanOf), 'of the failed part too');

  isBroken = false;
  await requeueDeadLetter(system.orders, second!);
  await system.reaches(second!, 'fulfilled');
  await requeueDeadLetter(system.orders, _id);
  await system.reaches(_id, 'fulfilled');
  assert.equal(runs, 1);
  assert.equal(await system.orders.countDocuments(), 4);
});

test('a part that was deleted does not let its order wait for ever', async () => {
  system.poller(async ({ part: ofOrder }) => {
    if (ofOrder) throw new Error('out of tea');
  });
  const { _id } = await system.place({ parts: 2 });
  const order = await system.reaches(_id, 'steps-failed');
  await system.orders.deleteMany({ _id: { $in: partIds(order) } });
  await requeueDeadLetter(system.orders, _id);
  const again = await system.reaches(_id, 'steps-failed');
  assert.deepEqual(again.pause?.failedParts, partIds(order));
});

test('a part that is requeued meanwhile is waited for', async () => {
  const poller = system.poller(async ({ part: ofOrder }) => {
    if (ofOrder) throw new Error('out of tea');
  });
  const { _id } = await system.place({ parts: 1 });
  const order = await system.reaches(_id, 'steps-failed');
  await poller.stop();
  await system.orders.updateOne({ _id }, { $set: { status: 'waiting' } });
  const [part = ''] = partIds(order);
  // Requeues the part between joinParts' query for an unfinished part and its query for the outcomes.
  const meanwhile: typeof system.orders = new Proxy(system.orders, {
    get: (orders, name) => {
      const value: unknown = Reflect.get(orders, name, orders);
      if (name !== 'findOne') return typeof value === 'function' ? value.bind(orders) : value;
      return async (...args: Parameters<typeof orders.findOne>) => {
        const found = await orders.findOne(...args);
        if (!found) await requeueDeadLetter(orders, part);
        return found;
      };
    },
  });
  assert.equal(await joinParts(meanwhile, _id), false);
  assert.equal((await system.orders.findOne({ _id }))?.status, 'waiting');
});

test('of twenty that let an order go on one does', async () => {
  const poller = system.poller(fulfil, { concurrency: 1 });
  const { _id } = await system.place({ parts: 2 });
  await system.reaches(_id, 'fulfilled');
  await poller.stop();
  await system.orders.updateOne({ _id }, { $set: { status: 'waiting' }, $unset: { 'pause.until': '' } });
  const joined = await Promise.all(Array.from({ length: 20 }, () => joinParts(system.orders, _id)));
  assert.equal(joined.filter(Boolean).length, 1);
});

test('an order whose last part was ended by another program goes on', async () => {
  system.poller(async ({ part: ofOrder }, { signal }) => {
    if (ofOrder) await new Promise((_resolve, reject) => signal.addEventListener('abort', reject));
  });
  const { _id } = await system.place({ parts: 2 });
  const order = await system.reaches(_id, 'waiting');
  // Simulates another program that cancels the parts without an update of the waiting order.
  await system.orders.updateMany(
    { _id: { $in: partIds(order) } },
    { $set: { status: 'cancelled' }, $unset: { lease: '' } },
  );
  const failed = await system.reaches(_id, 'steps-failed');
  assert.deepEqual(failed.pause?.failedParts, partIds(order));
});

test('a program that knows no steps claims neither an order with parts nor a part', async () => {
  const claimable = { status: { $in: ['pending', 'processing', 'failed'] as OrderDocument['status'][] } };
  const { _id } = await system.place({ parts: 2 });
  assert.equal(await system.orders.countDocuments(claimable), 0, 'placed');
  const poller = system.poller(async ({ part: ofOrder }) => {
    if (ofOrder) throw new Error('out of tea');
    throw new Error('must not run');
  });
  await system.reaches(_id, 'waiting');
  assert.equal(await system.orders.countDocuments(claimable), 0, 'waiting');
  await system.reaches(_id, 'steps-failed');
  assert.equal(await system.orders.countDocuments(claimable), 0, 'failed');
  await poller.stop();
});

test('the baggage of the order goes to its parts, and comes back from none', async () => {
  system.poller(fulfil);
  const { _id } = await system.place({ parts: 2 });
  const order = await system.reaches(_id, 'fulfilled');
  const parts = await readParts(system, order);
  assert.deepEqual(
    parts.map(({ context }) => context?.['baggage']),
    ['demo.customer.tier=standard', 'demo.customer.tier=standard'],
  );
  assert.equal(order.pause?.context?.['baggage'], 'demo.customer.tier=standard');
  assert.deepEqual(order.pause?.causes?.map(Object.keys), [['traceparent'], ['traceparent']]);
});

test('an order that is approved and has parts waits for one after the other', async () => {
  system.poller(fulfil);
  const { _id } = await system.place({ approval: true, parts: 2 });
  await system.reaches(_id, 'held');
  assert.equal(await system.orders.countDocuments(), 1, 'no part is made before it is approved');
  await decideOrder(system.orders, _id, { decision: 'approve' });
  const { history } = await system.reaches(_id, 'fulfilled');
  assert.deepEqual(
    history?.map(({ outcome }) => outcome),
    ['held', 'waiting'],
  );
  assert.equal(await system.orders.countDocuments(), 3);
});

test('a batch that ends parts lets their order go on', async () => {
  system.poller(fulfil, { batchSize: 4 });
  const { _id } = await system.place({ parts: 3 });
  const order = await system.reaches(_id, 'fulfilled');
  assert.equal(order.pause?.causes?.length, 3);
  assert.deepEqual(order.pause?.failedParts, []);
});

test('the API shows the parts of an order and the order of a part', async () => {
  const writer = system.writer();
  system.poller(fulfil);
  const { body: sent } = await request(writer)
    .post('/orders')
    .send({ ...ORDER, parts: 2 })
    .expect(202);
  const { orderId } = sent as OrderView;
  await system.reaches(orderId, 'fulfilled');
  const { body } = await request(writer).get(`/orders/${orderId}`).expect(200);
  const view = body as OrderView;
  assert.equal(view.parts?.length, 2);
  assert.equal(view.pause?.reason, 'parts');
  const shown = await request(writer).get(`/orders/${view.parts?.[0]}`).expect(200);
  assert.equal((shown.body as OrderView).partOf, orderId);
  for (const parts of [0, 51, 1.5, '2', -1, null]) {
    const answer = await request(writer)
      .post('/orders')
      .send({ ...ORDER, parts })
      .expect(400);
    assert.match(JSON.stringify(answer.body as Problem), /parts/);
  }
});
