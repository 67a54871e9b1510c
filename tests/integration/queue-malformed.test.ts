import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import type { DeadLetter, DeadLetterPage, OrderDocument, OrderPage } from '@beyond-headers/contracts';
import { createLogger } from '@beyond-headers/service-kit';
import { Binary, Decimal128, Long, ObjectId } from 'mongodb';
import request from 'supertest';
import { createPollerApp } from '../../services/poller/app.ts';
import { deadLetterIds, purgeDeadLetters } from '../../services/poller/queue/dead-letters.ts';
import { writerDemo } from '../../services/writer/demo/writer-demo.ts';
import { until } from '../support/until.ts';
import { documents, startQueueTest } from './support/queue.ts';

/*
 * Documents of other programs, with a missing field or a field of the wrong type. They must not break any list, and must not block
 * other orders.
 */

const logger = createLogger('test', 'silent');
const system = await startQueueTest('queue_malformed');
after(() => system.stop());
afterEach(() => system.clear());

const FIELDS = [
  'customer',
  'items',
  'report',
  'createdAt',
  'availableAt',
  'attempts',
  'traceIds',
  'context',
  'demo',
  'error',
  'history',
  'ledger',
  'lease',
  'startsAt',
  'approval',
  'decisions',
  'pause',
  'part',
  'parts',
  'every',
  'runs',
  'reportAttempts',
];

const VALUES: Record<string, unknown> = {
  missing: undefined,
  null: null,
  'a text': 'soon',
  'a number': -1.5,
  'a boolean': true,
  'a list of nothing': [null],
  'a list of texts': ['x'],
  'an object': { x: { y: 1 } },
  'a date beyond all': new Date(8.64e15),
  'a long': Long.MAX_VALUE,
  'a decimal': Decimal128.fromString('NaN'),
  'an id': new ObjectId(),
  'an object without text': { toString: 1, valueOf: 1 },
};

const id = (index: number) => index.toString(16).padStart(24, '0');

/** Returns one document for each combination of a field and a wrong value. */
function malformed(status: 'pending' | 'processing' | 'failed' | 'held' | 'waiting'): OrderDocument[] {
  const [whole] = documents(1, status);
  const pairs = FIELDS.flatMap((field) => Object.values(VALUES).map((value) => [field, value] as const));
  return pairs.map(([field, value], index) => {
    const order: Record<string, unknown> = { ...whole, _id: id(index), [field]: value };
    if (value === undefined) delete order[field];
    return order as unknown as OrderDocument;
  });
}

const writer = () => system.writer(writerDemo(system.orders));

test('the list has every order and counts what is none', async () => {
  await system.orders.insertMany(malformed('pending'));
  await system.orders.insertOne({ _id: new ObjectId() } as unknown as OrderDocument);
  const placed = await system.place();
  const app = writer();
  let [shown, leftOut] = [0, 0];
  for (let after = ''; ;) {
    const query = after ? `&after=${after}` : '';
    const page = (await request(app).get(`/orders?limit=20${query}`).expect(200)).body as OrderPage;
    shown += page.orders.length;
    leftOut += page.malformed ?? 0;
    assert.ok(page.orders.every(({ createdAt }) => createdAt));
    if (!page.next) break;
    after = page.next;
  }
  assert.equal(shown + leftOut, FIELDS.length * Object.keys(VALUES).length + 1);
  assert.ok(leftOut >= Object.keys(VALUES).length - 1, `${leftOut} left out`);
  await request(app).get(`/orders/${placed._id}`).expect(200);
});

test('what is not an order is answered as one that is not there', async () => {
  const orders = malformed('pending');
  await system.orders.insertMany(orders);
  const app = writer();
  for (const { _id } of orders) {
    const { status } = await request(app).get(`/orders/${_id}`);
    assert.ok(status === 200 || status === 404, `${status} for ${_id}`);
    await request(app).get(`/orders/${_id}/carrier`).expect(200);
  }
});

for (const status of ['pending', 'held', 'waiting'] as const) {
  test(`a ${status} order can be cancelled, whatever else it holds`, async () => {
    const orders = malformed(status);
    await system.orders.insertMany(orders);
    const app = writer();
    for (const { _id } of orders) await request(app).delete(`/orders/${_id}`).expect(204);
  });
}

for (const batchSize of [1, 10]) {
  test(`every document is settled in batches of ${batchSize}`, { timeout: 60_000 }, async () => {
    await system.orders.insertMany([...malformed('pending'), ...malformed('processing').map(renamed)]);
    const placed = await system.place();
    system.poller(async () => {}, { batchSize });
    await system.reaches(placed._id, 'fulfilled', 30_000);
    // Ignores documents that become available only in the far future, 273,000 years from now.
    const due = {
      status: { $in: ['pending', 'processing'] },
      // Includes documents under a lease, which aren't settled.
      availableAt: { $not: { $gt: new Date(Date.now() + 3_600_000) } },
    } as const;
    const open = () => system.orders.find(due).toArray();
    await until(open, ({ length }) => length === 0, { deadlineMs: 30_000, what: 'an end of every document' });
    // `attempts` becomes a span attribute, and a collector refuses a whole batch with an integer that doesn't fit into 64 bits.
    const ended = await system.orders.find({ status: 'fulfilled' }).toArray();
    assert.deepEqual(
      ended.filter(({ attempts }) => !Number.isSafeInteger(attempts) || attempts < 1),
      [],
    );
  });
}

const renamed = (order: OrderDocument, index: number) => ({ ...order, _id: id(0x10_000 + index) });

test('the status is there whatever waits', async () => {
  const poller = system.poller(async () => {});
  await poller.loop.pause();
  await system.orders.insertMany(malformed('pending'));
  const app = createPollerApp({ poller, logger, ping: async () => {} });
  const { body } = await request(app).get('/status').expect(200);
  assert.ok(body.oldestAgeMs >= 60_000, `${body.oldestAgeMs} ms: the oldest with a date waits for a minute`);
});

test('every dead letter is shown, and can be worked on again', async () => {
  const orders = malformed('failed');
  await system.orders.insertMany(orders);
  const poller = system.poller(async () => {});
  await poller.loop.pause();
  const app = createPollerApp({ poller, logger, ping: async () => {} });
  let shown = 0;
  for (let after = ''; ;) {
    const query = after ? `&after=${after}` : '';
    const page = (await request(app).get(`/dead-letters?limit=20${query}`).expect(200))
      .body as DeadLetterPage;
    shown += page.deadLetters.length;
    if (!page.next) break;
    after = page.next;
  }
  assert.equal(shown, orders.length);
  for (const { _id } of orders) {
    await request(app).get(`/dead-letters/${_id}`).expect(200);
    await request(app).post(`/dead-letters/${_id}/retry`).expect(202);
  }
});

test('ids of every type are listed page by page, requeued and deleted', async () => {
  // With its quotes escaped, the last id is twice as long.
  const texts = ['x', '', '5', 'true', '{"$oid":"x"}', '"x"', 'a\nb', '..', `{${'"'.repeat(1_023)}`];
  const others = [5, 2.5, Long.MAX_VALUE, { a: 1 }, new Binary(Buffer.from('x')), true, new Date(0)];
  const ids = [...texts, ...others, new ObjectId(), new ObjectId()];
  const orders = documents(ids.length, 'failed');
  await system.orders.insertMany(orders.map((order, index) => ({ ...order, _id: ids[index] as string })));
  const poller = system.poller(async () => {});
  await poller.loop.pause();
  const app = createPollerApp({ poller, logger, ping: async () => {} });
  const shown: string[] = [];
  for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
    const page = await request(app)
      .get('/dead-letters')
      .query({ limit: 2, ...(after && { after }) })
      .expect(200);
    shown.push(...page.body.deadLetters.map(({ orderId }: DeadLetter) => orderId));
    after = page.body.next;
  }
  assert.equal(new Set(shown).size, ids.length);
  assert.equal(shown.length, ids.length);
  for (const id of shown.slice(1)) {
    const path = `/dead-letters/${encodeURIComponent(id)}`;
    if (id !== '..') await request(app).post(`${path}/retry`).expect(202);
  }
  for (const none of ['{"$gt":""}', '{"_bsontype":"ObjectId"}', '{'])
    await request(app)
      .get(`/dead-letters/${encodeURIComponent(none)}`)
      .expect(404);
  assert.deepEqual((await deadLetterIds(system.orders, 'all')).toSorted(), ['..', shown[0]]);
  assert.equal(await purgeDeadLetters(system.orders, [shown[0]!, '..']), 2);
  poller.loop.resume();
  const fulfilled = () => system.orders.countDocuments({ status: 'fulfilled' });
  await until(fulfilled, (count) => count === ids.length - 2, { what: 'an end of every order' });
});

test('pages go on after the id of another program, and each of its orders can be worked on again', async () => {
  await system.orders.insertMany(documents(3, 'failed', 'a/b c+ä'));
  const poller = system.poller(async () => {});
  await poller.loop.pause();
  const app = createPollerApp({ poller, logger, ping: async () => {} });
  const shown: string[] = [];
  for (let next: string | undefined = ''; next !== undefined;) {
    const page = request(app)
      .get('/dead-letters')
      .query({ limit: 1, ...(next && { after: next }) });
    const { deadLetters, next: following } = (await page.expect(200)).body as DeadLetterPage;
    shown.push(...deadLetters.map(({ orderId }) => orderId));
    next = following;
  }
  assert.deepEqual(
    shown,
    [2, 1, 0].map((index) => `a/b c+ä-0000000${index}`),
  );
  for (const id of shown) {
    await request(app)
      .get(`/dead-letters/${encodeURIComponent(id)}`)
      .expect(200);
    await request(app)
      .post(`/dead-letters/${encodeURIComponent(id)}/retry`)
      .expect(202);
  }
});
