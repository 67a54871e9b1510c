import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  ATTR,
  type OrderDocument,
  type PlacedOrders,
  type PlaceOrder,
  type Problem,
} from '@beyond-headers/contracts';
import { createLogger } from '@beyond-headers/service-kit';
import { waitForTrace, type Span } from '@beyond-headers/traces';
import request from 'supertest';
import { startPoller } from '../../services/poller/poller.ts';
import { writerDemo } from '../../services/writer/demo/writer-demo.ts';
import { until } from '../support/until.ts';
import { startOrders } from './support/orders.ts';
import { traces } from './support/preload.ts';
import { POLLER_SETTINGS } from './support/poller-settings.ts';

const ORDER = { customer: 'ada', items: [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }] };

const system = await startOrders('order_batch');
const poller = startPoller({
  orders: system.orders,
  handle: async () => {},
  logger: createLogger('test', 'silent'),
  ...POLLER_SETTINGS,
});
after(async () => {
  await poller.stop();
  await system.stop();
});

const post = (bodies: ReadonlyArray<Partial<PlaceOrder>>, headers = {}, writer = system.writer()) =>
  request(writer)
    .post('/orders/batch')
    .set(headers)
    .send({ orders: bodies.map((body) => ({ ...ORDER, ...body })) });

const idsOf = (body: unknown): string[] => (body as PlacedOrders).orders.map(({ orderId }) => orderId);

const fulfilled = (ids: string[]) =>
  until(
    () => system.orders.countDocuments({ _id: { $in: ids }, status: 'fulfilled' }),
    (count) => count === ids.length,
    { what: `${ids.length} orders fulfilled` },
  );

test('each order of a batch goes on under its own span, in one trace', async () => {
  const { body, headers } = await post([{ customer: 'a' }, { customer: 'b' }, { customer: 'c' }]).expect(202);
  const ids = idsOf(body);
  await fulfilled(ids);
  const spans = await waitForTrace(
    traces.queryUrl,
    headers['x-trace-id'] ?? '',
    (found) => found.filter(({ name }) => name === 'process orders').length === ids.length,
  );
  const server = spans.find(({ kind }) => kind === 'SERVER');
  assert.equal(server?.name, 'POST /orders/batch');
  const producers = spans.filter(({ kind }) => kind === 'PRODUCER');
  assert.equal(producers.length, ids.length);
  assert.deepEqual(new Set(producers.map(({ attributes }) => attributes[ATTR.orderId])), new Set(ids));
  for (const { spanId, parentSpanId, attributes } of producers) {
    assert.equal(parentSpanId, server?.spanId);
    const consumers = spans.filter((span) => span.kind === 'CONSUMER' && span.parentSpanId === spanId);
    assert.deepEqual(
      consumers.map((consumer) => consumer.attributes[ATTR.orderId]),
      [attributes[ATTR.orderId]],
    );
  }
});

test('orders come back in the order of the request, with what each asked for', async () => {
  const startsAt = new Date(Date.now() + 3_600_000);
  const asked = [
    { customer: '$$ROOT', demo: { document: 'off' } },
    { customer: 'later', availableAt: startsAt.toISOString() },
    { customer: 'past', availableAt: new Date(0).toISOString() },
  ] as const;
  const { body } = await post(asked, {}, system.writer(writerDemo(system.orders))).expect(202);
  const stored = await Promise.all(idsOf(body).map((_id) => system.orders.findOne({ _id })));
  assert.deepEqual(
    stored.map((order) => order?.customer),
    asked.map(({ customer }) => customer),
  );
  assert.equal(stored[0]?.context, undefined);
  assert.match(stored[1]?.context?.['traceparent'] ?? '', /^00-/);
  assert.equal(Number(stored[1]?.availableAt), Number(startsAt));
  assert.ok(Number(stored[2]?.createdAt) > Date.now() - 60_000);
});

test('one wrong order refuses the batch, and nothing is written', async () => {
  const before = await system.orders.countDocuments();
  const { body } = await post([{}, { items: [] }]).expect(400);
  assert.deepEqual(
    (body as Problem).errors?.map(({ path }) => path),
    ['orders.1.items'],
  );
  await post([]).expect(400);
  await post(Array.from({ length: 101 }, () => ({}))).expect(400);
  assert.equal(await system.orders.countDocuments(), before);
});

test('a write that fails in the middle leaves no order', async () => {
  const limited = system.db.collection<OrderDocument>('limited');
  await system.db.createCollection('limited', { validator: { customer: { $ne: 'refused' } } });
  const writer = system.writer({ orders: limited });
  await post([{}, { customer: 'refused' }, {}], {}, writer).expect(500);
  assert.equal(await limited.countDocuments(), 0);
  await post([{}, {}], {}, writer).expect(202);
  assert.equal(await limited.countDocuments(), 2);
});

const linksIn = (spans: Span[]) =>
  spans.filter(({ kind }) => kind === 'PRODUCER').flatMap(({ links }) => links);

test('the same key again is the same orders, and another batch is refused', async () => {
  const key = { 'idempotency-key': 'batch' };
  const bodies = [{ customer: 'a' }, { customer: 'b' }];
  const first = await post(bodies, key).expect(202);
  const again = await post(bodies, key).expect(202);
  assert.deepEqual(idsOf(again.body), idsOf(first.body));
  const linked = linksIn(
    await waitForTrace(
      traces.queryUrl,
      again.headers['x-trace-id'] ?? '',
      (spans) => linksIn(spans).length === bodies.length,
    ),
  );
  assert.deepEqual(
    linked.map(({ traceId }) => traceId),
    bodies.map(() => first.headers['x-trace-id']),
  );
  await post(bodies.toReversed(), key).expect(422);
  await post([...bodies, {}], key).expect(422);
  await post(bodies.slice(1), key).expect(422);
  assert.equal(await system.orders.countDocuments({ idempotencyKey: /^batch / }), 2);
});

test('ten batches at a time with one key are one batch', async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => post([{}, {}], { 'idempotency-key': 'crowd' }).expect(202)),
  );
  assert.equal(new Set(answers.flatMap(({ body }) => idsOf(body))).size, 2);
});

test('a batch beyond the whole limit uses none of it up', async () => {
  const writer = system.writer({ access: { rateLimit: { limit: 2, windowMs: 60_000 } } });
  await post([{}, {}, {}], {}, writer).expect(413);
  const placed = await post([{}], {}, writer).expect(202);
  assert.equal(idsOf(placed.body).length, 1);
});

test('of two batches at a time one has room', async () => {
  const writer = system.writer({ access: { rateLimit: { limit: 5, windowMs: 60_000 } } });
  const batches = [post([{}, {}, {}], {}, writer), post([{}, {}, {}], {}, writer)];
  const answers = await Promise.all(batches.map((batch) => batch.then(({ status }) => status)));
  assert.deepEqual(new Set(answers), new Set([202, 429]));
});

test('a batch counts as so many requests', async () => {
  const writer = system.writer({ access: { rateLimit: { limit: 5, windowMs: 60_000 } } });
  await post([{}, {}, {}], {}, writer).expect(202);
  const before = await system.orders.countDocuments();
  const refused = await post([{}, {}, {}], {}, writer).expect(429);
  assert.ok(Number(refused.headers['retry-after']) > 0);
  assert.equal(await system.orders.countDocuments(), before);
});
