import assert from 'node:assert/strict';
import { after, afterEach, mock, test } from 'node:test';
import { once } from 'node:events';
import { trace } from '@opentelemetry/api';
import type { OrderDocument } from '@beyond-headers/contracts';
import { MongoClient, type CommandStartedEvent } from 'mongodb';
import { available, claim } from '../../services/poller/queue/claim.ts';
import { completeOrders } from '../../services/poller/queue/complete.ts';
import './support/preload.ts';
import { documents, startQueueTest } from './support/queue.ts';

const system = await startQueueTest('queue_claim');
after(() => system.stop());
afterEach(() => system.clear());

test('a claim examines two keys with 100,000 waiting and 100,000 done', async () => {
  for (let part = 0; part < 20; part++) {
    await system.orders.insertMany(documents(5_000, 'pending', `pending-${part}`));
    await system.orders.insertMany(documents(5_000, 'fulfilled', `fulfilled-${part}`));
  }
  for (const { keys, documents: read } of [await explainedFind(), await explainedClaim()]) {
    assert.ok(keys <= 2, `examined ${keys} keys`);
    assert.ok(read <= 2, `examined ${read} documents`);
  }
});

interface Examined {
  totalKeysExamined: number;
  totalDocsExamined: number;
}

const counts = ({ totalKeysExamined, totalDocsExamined }: Examined) => ({
  keys: totalKeysExamined,
  documents: totalDocsExamined,
});

/** Explains the query with which a batch finds orders. */
async function explainedFind() {
  const found = system.orders.find(available).sort({ availableAt: 1 }).limit(1);
  return counts((await found.explain('executionStats'))['executionStats'] as Examined);
}

/** Captures the command of a claim of one order, and explains it on the server. */
async function explainedClaim() {
  const client = new MongoClient(system.uri, { monitorCommands: true });
  const sent = once(client, 'commandStarted') as Promise<[CommandStartedEvent]>;
  const orders = client.db(system.database).collection<OrderDocument>('orders');
  await claim({ ...system.queue(), orders }, 1);
  const [{ command }] = await sent;
  const { findAndModify, query, update, sort } = command;
  const explain = { findAndModify, query, update, sort, new: true };
  const { executionStats } = await client
    .db(system.database)
    .command({ explain, verbosity: 'executionStats' });
  await client.close();
  return counts(executionStats as Examined);
}

test('twenty claims at a time share forty orders', async () => {
  await system.orders.insertMany(documents(40, 'pending'));
  const queue = system.queue({ leaseMs: 60_000 });
  const claims = await Promise.all(
    Array.from({ length: 20 }, (_, index) => claim(queue, index % 2 === 0 ? 1 : 3)),
  );
  const ids = claims.flat().map(({ _id }) => _id);
  // There are enough orders for everyone, so each of the ten claims of one order must get one.
  assert.ok(ids.length >= 10, `${ids.length} claimed`);
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(await system.orders.countDocuments({ status: 'processing' }), ids.length);
});

test('the order that waits longest comes first', async () => {
  const [first, second] = documents(2, 'pending') as [OrderDocument, OrderDocument];
  await system.orders.insertMany([second, first]);
  const claimed = await claim(system.queue(), 1);
  assert.deepEqual(
    claimed.map(({ _id }) => _id),
    [first._id],
  );
});

test('a batch takes as many as asked and no more', async () => {
  await system.orders.insertMany(documents(70, 'pending'));
  const claimed = await claim(system.queue(), 50);
  assert.equal(claimed.length, 50);
  assert.equal(new Set(claimed.map(({ lease }) => lease.token)).size, 1);
  const [settled] = await completeOrders(system.queue(), [
    { held: claimed, span: trace.getTracer('test').startSpan('process orders') },
  ]);
  assert.equal(settled?.size, 50);
});

test('pollers whose clocks differ by minutes agree on one owner', async (context) => {
  await system.orders.insertMany(documents(2, 'pending'));
  const [owned] = await claim(system.queue({ leaseMs: 60_000 }), 1);
  for (const skewMs of [-300_000, 300_000]) {
    mock.timers.enable({ apis: ['Date'], now: Date.now() + skewMs });
    context.after(() => mock.timers.reset());
    const claimed = await claim(system.queue({ leaseMs: 60_000 }), 10);
    assert.ok(!claimed.some(({ _id }) => _id === owned?._id), `taken away at ${skewMs} ms`);
    mock.timers.reset();
  }
});

test('a claim of many sees what the next one takes', async () => {
  await system.orders.insertMany(documents(9, 'pending'));
  const queue = system.queue({ leaseMs: 60_000 });
  const first = await claim(queue, 4, { begin: 1 });
  // Ignores the age of the look-ahead, which may exceed its limit on a slow machine.
  const seen = await queue.lookAhead.take(() => 0);
  assert.equal(new Set([...first, ...seen].map(({ _id }) => _id)).size, 8);
  queue.lookAhead.begin(
    async () => seen.slice(2),
    () => Number.POSITIVE_INFINITY,
  );
  const second = await claim(queue, 4, { begin: 1 });
  assert.deepEqual(
    second.map(({ _id }) => _id),
    seen.slice(2).map(({ _id }) => _id),
  );
});

test('a claim of one leaves nothing that the next claim would lose', async () => {
  await system.orders.insertMany(documents(12, 'pending'));
  const queue = system.queue({ leaseMs: 60_000 });
  await claim(queue, 4, { begin: 1 });
  await claim(queue, 1);
  assert.equal((await claim(queue, 4, { begin: 1 })).length, 4);
  assert.equal(queue.spread.factor, 1);
});

test('an order without a date never lets new orders overtake', async () => {
  const [waiting, late] = documents(2, 'pending', 'waiting') as [OrderDocument, OrderDocument];
  const odd = { ...waiting, _id: 'odd', availableAt: 'yesterday' as unknown as Date };
  await system.orders.insertMany([odd, waiting]);
  const queue = system.queue({ leaseMs: 60_000 });
  const [first] = await claim(queue, 1);
  await system.orders.insertOne({ ...late, availableAt: first!.lease.claimedAt });
  const [second] = await claim(queue, 1);
  assert.deepEqual([first?._id, second?._id], ['odd', waiting._id]);
});

test('an order that was seen alone is taken and read at once', async (context) => {
  await system.orders.insertMany(documents(1, 'pending'));
  const queue = system.queue({ leaseMs: 60_000 });
  const find = mock.method(queue.orders, 'find');
  context.after(() => find.mock.restore());
  const [order] = await claim(queue, 4);
  assert.equal(order?.attempts, 1);
  assert.equal(find.mock.callCount(), 1);
});

test('orders whose worker died are not claimed ahead', async () => {
  const ORDERS = 6;
  await system.orders.insertMany(documents(ORDERS, 'pending'));
  const dead = system.queue({ leaseMs: 1 });
  assert.equal((await claim(dead, ORDERS, { begin: 2 })).length, ORDERS);
  const queue = system.queue({ leaseMs: 60_000 });
  assert.equal((await claim(queue, ORDERS, { begin: 2 })).length, 2);
  assert.equal((await claim(queue, ORDERS, { begin: 0 })).length, 1);
  assert.equal((await claim(queue, ORDERS)).length, 3);
});

test("malformed documents don't delay other orders", async () => {
  const at = new Date(0);
  const odd = [
    { attempts: 'many', availableAt: at },
    { attempts: null, availableAt: at, history: 'none', ledger: 7, traceIds: 'abc' },
    { availableAt: 'yesterday', createdAt: 'then' },
    { availableAt: at, context: { $gt: '' }, demo: 'off', lease: [] },
    { attempts: 1, availableAt: at, context: [{ traceparent: 1 }], history: [null, 3] },
    {},
  ].map((shape, index) => ({ _id: `odd-${index}`, status: 'pending', ...shape }));
  await system.orders.insertMany(odd as unknown as OrderDocument[]);
  const [good] = documents(1, 'pending', 'good');
  await system.orders.insertOne(good!);
  system.poller(async (order) => {
    if (order._id.startsWith('odd')) throw new Error('cannot be understood');
  });
  await system.reaches(good!._id, 'fulfilled');
  for (const { _id } of odd) assert.equal((await system.reaches(_id, 'failed')).attempts >= 3, true);
});
