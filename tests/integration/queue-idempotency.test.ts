import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { PlacedOrder } from '@beyond-headers/contracts';
import { startMongod } from '@beyond-headers/local-mongod';
import request from 'supertest';
import { until } from '../support/until.ts';
import { startOrders } from './support/orders.ts';
import { readSpan } from './support/read-spans.ts';

const ORDER = { customer: 'ada', items: [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }] };

const mongod = await startMongod();
const system = await startOrders('queue_idempotency', mongod);
const writer = system.writer();
after(() => system.stop());

const post = (key: string, body: object = ORDER) =>
  request(writer).post('/orders').set('idempotency-key', key).send(body);

test('the same key again is the same order', async () => {
  const first = (await post('"one"').expect(202)).body as PlacedOrder;
  const again = await post('one').expect(202);
  assert.deepEqual(again.body, first);
  assert.equal(await system.orders.countDocuments({ idempotencyKey: 'one' }), 1);
  const repeated = await readSpan(again.headers['x-trace-id'] ?? '', 'send orders');
  assert.deepEqual(
    repeated.links.map(({ traceId }) => traceId),
    [first.traceId],
  );
});

test('twenty requests at a time with one key are one order', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => post('crowd').expect(202)));
  assert.equal(new Set(answers.map(({ body }) => (body as PlacedOrder).orderId)).size, 1);
});

test('a key with another order is refused', async () => {
  await post('reused').expect(202);
  await post('reused', { ...ORDER, customer: 'bob' }).expect(422);
});

for (const key of ['', ' ', 'with space', 'ü', 'x'.repeat(201)]) {
  test(`the key ${JSON.stringify(key.slice(0, 12))} of ${key.length} is not usable`, async () => {
    const { status } = await request(writer)
      .post('/orders')
      .set('idempotency-key', Buffer.from(key).toString('latin1'))
      .send(ORDER);
    assert.equal(status, 400);
  });
}

test('dates of an order are the server’s, and text stays text', async () => {
  const { orderId } = (
    await request(writer)
      .post('/orders')
      .send({ ...ORDER, customer: '$$ROOT' })
  ).body;
  const order = await system.orders.findOne({ _id: orderId });
  assert.equal(order?.customer, '$$ROOT');
  assert.ok(order.createdAt instanceof Date);
  assert.deepEqual(order.availableAt, order.createdAt);
});

test('a retry after an unanswered request makes no second order', async () => {
  await post('warm').expect(202);
  await mongod.freeze();
  const startedAt = performance.now();
  const unanswered = await post('frozen');
  assert.equal(unanswered.status, 503);
  assert.ok(performance.now() - startedAt < 2_500, 'the answer is bounded');
  mongod.thaw();
  const retried = await until(
    () => post('frozen'),
    ({ status }) => status === 202,
  );
  assert.equal(retried.status, 202);
  assert.equal(await system.orders.countDocuments({ idempotencyKey: 'frozen' }), 1);
});
