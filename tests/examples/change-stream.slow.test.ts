import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, beforeEach, test, type TestContext } from 'node:test';
import type { DocumentContext } from '@beyond-headers/propagation';
import { stamped } from '@beyond-headers/propagation/mongodb';
import { startMongod } from '@beyond-headers/local-mongod';
import { assertEdges, assertTree, waitForTrace } from '@beyond-headers/traces';
import { startTraceStore } from '@beyond-headers/trace-store';
import { MongoClient } from 'mongodb';
import type { Bookmark } from '../../examples/change-stream/bookmark.ts';
import type { Order, Receipt } from '../../examples/change-stream/database.ts';
import { until } from '../support/until.ts';
import { loseHistory } from './support/lose-history.ts';
import { startTraced, type Program } from './support/program.ts';

const [mongod, traces] = await Promise.all([startMongod({ checkpointEveryS: 1 }), startTraceStore()]);
const client = new MongoClient(mongod.uri);
const db = client.db('change_stream_example');
const orders = db.collection<Order>('orders');
const receipts = db.collection<Receipt>('receipts');
const bookmarks = db.collection<Bookmark>('bookmarks');
after(async () => {
  await client.close();
  await Promise.all([mongod.close(), traces.close()]);
});
beforeEach(async () => {
  await Promise.all([orders.deleteMany({}), receipts.deleteMany({}), bookmarks.deleteMany({})]);
});

const PROCESS = 'consumer CONSUMER process orders';

interface Write {
  traceId: string;
  spanId: string;
}

test('a change joins the trace of the request that made it', async (t) => {
  await startConsumer(t);
  const env = { MONGODB_URI: mongod.uri, OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl, PORT: '0' };
  const producer = startTraced(t, 'change-stream/producer.ts', 'producer', env);
  const port = await producer.prints(/port: (\d+)/);
  const { traceId, spanId } = newSpan();
  const headers = { traceparent: `00-${traceId}-${spanId}-01` };
  assert.equal((await fetch(`http://127.0.0.1:${port}/orders/1/7`, { method: 'PUT', headers })).status, 202);
  await waitForTrace(traces.queryUrl, traceId, (spans) =>
    assertEdges(spans, [
      ['producer SERVER PUT /orders/:orderId/:total', 'producer PRODUCER send orders'],
      ['producer PRODUCER send orders', 'producer CLIENT update orders'],
      ['producer PRODUCER send orders', PROCESS],
      [PROCESS, 'consumer CLIENT update receipts'],
    ]),
  );
});

test('each change joins its own write, also when later writes replaced the context', async (t) => {
  await followed(t);
  const first = await write('1');
  const second = await write('1');
  const again = await write('1', second);
  await startConsumer(t);
  await hasReceipts(3);
  assert.deepEqual(again, second);
  await hasProcessed(first, 1);
  // Two writes under one span: the change event of the second doesn't contain its context, but the post-image does.
  await hasProcessed(second, 2);
});

test('a change whose bookmark was not stored is handled again, in the same trace', async (t) => {
  const consumer = await startConsumer(t);
  await db.command({ collMod: 'bookmarks', validator: { 'position.startAfter': { $exists: false } } });
  const written = await write('1');
  assert.equal(await consumer.exit, 1, consumer.output());
  assert.match(consumer.output(), /Document failed validation/);
  await hasReceipts(1);
  await db.command({ collMod: 'bookmarks', validator: {} });
  await startConsumer(t);
  await hasProcessed(written, 2);
  await hasReceipts(1);
});

test('killed again and again, each write has one receipt, in its trace', { timeout: 120_000 }, async (t) => {
  const WRITES = 100;
  const KILLS = 3;
  await followed(t);
  const written = new Map<number, string>();
  for (let total = 1; total <= WRITES; total++) {
    written.set(total, (await write(`${total % 10}`, newSpan(), total)).traceId);
  }
  for (let kill = 1; kill <= KILLS; kill++) {
    const consumer = await startConsumer(t);
    const enough = (WRITES * kill) / (KILLS + 2);
    await until(
      () => receipts.countDocuments(),
      (count) => count >= enough,
      { what: `${enough} receipts` },
    );
    await consumer.kill();
  }
  assert.ok((await receipts.countDocuments()) < WRITES, 'the kills came in the middle of the work');
  await startConsumer(t);
  const found = await hasReceipts(WRITES);
  assert.deepEqual(new Map(found.map(({ total, context }) => [total, traceIdOf(context)])), written);
});

test('after a lost history each order has a new trace that links to its last write', async (t) => {
  await followed(t);
  const lost = await write('1');
  const last = await write('1');
  await loseHistory(client);
  const consumer = await startConsumer(t);
  await consumer.prints(/(The history since the bookmark is lost \(ChangeStreamHistoryLost\))/);
  const [receipt] = await hasReceipts(1);
  await isLinked(receipt, last);
  // The catch-up has added no span to the traces of the lost writes. The next change is handled as a child of its write again.
  const next = await write('1');
  await hasProcessed(next, 1);
  for (const { traceId } of [lost, last]) await hasNoSpan(traceId);
});

test('a change whose document is lost does not stop the consumer', async (t) => {
  const consumer = await startConsumer(t);
  await write('1');
  await hasReceipts(1);
  await postImages(false);
  const imageless = await write('1');
  await consumer.prints(/(The history since the bookmark is lost \(NoMatchingDocument\))/);
  const found = await hasReceipts(2);
  await isLinked(
    found.find(({ _id }) => _id === '1, version 2'),
    imageless,
  );
  await postImages(true);
  await hasProcessed(await write('1'), 1);
});

test('the bookmark of an idle consumer keeps up with the history of others', async (t) => {
  await startConsumer(t);
  const before = await readBookmark();
  await db.collection('other').insertOne({});
  await until(readBookmark, (now) => now !== before, { what: 'a moved bookmark', deadlineMs: 15_000 });
});

test('a consumer ends when another one has taken its bookmark', async (t) => {
  const first = await startConsumer(t);
  await startConsumer(t);
  await write('1');
  assert.equal(await first.exit, 1);
  assert.match(first.output(), /another consumer has taken it/);
  await hasReceipts(1);
});

test('a dropped collection is followed when it comes back', async (t) => {
  const consumer = await startConsumer(t);
  await write('1');
  await hasReceipts(1);
  await orders.drop();
  const written = await write('2');
  await hasReceipts(2);
  await hasProcessed(written, 1);
  assert.equal(await consumer.stop(), 0, consumer.output());
});

function postImages(enabled: boolean): Promise<unknown> {
  return db.command({ collMod: 'orders', changeStreamPreAndPostImages: { enabled } });
}

async function readBookmark(): Promise<string> {
  return JSON.stringify(await bookmarks.findOne());
}

async function startConsumer(t: TestContext): Promise<Program> {
  const env = { MONGODB_URI: mongod.uri, OTEL_EXPORTER_OTLP_ENDPOINT: traces.otlpUrl };
  const before = (await bookmarks.findOne())?.reader;
  const consumer = startTraced(t, 'change-stream/consumer.ts', 'consumer', env);
  await until(
    () => bookmarks.findOne(),
    (bookmark) => bookmark && bookmark.reader !== before,
    { what: 'the bookmark taken', deadlineMs: 20_000 },
  );
  return consumer;
}

/** Stores a bookmark, and stops the consumer, so that the following writes have to wait. */
async function followed(t: TestContext): Promise<void> {
  assert.equal(await (await startConsumer(t)).stop(), 0);
}

/** Writes an order with the context of an invented span, and returns that span. */
async function write(_id: string, span: Write = newSpan(), total = 1): Promise<Write> {
  const context = { traceparent: `00-${span.traceId}-${span.spanId}-01` };
  const writer = stamped(orders, { capture: () => context });
  await writer.updateOne({ _id }, { $set: { total }, $inc: { version: 1 } }, { upsert: true });
  return span;
}

function newSpan(): Write {
  return { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') };
}

function hasReceipts(count: number): Promise<Receipt[]> {
  return until(
    () => receipts.find().toArray(),
    (found) => found.length === count,
    { what: `${count} receipts`, deadlineMs: 20_000 },
  );
}

/** Waits until the write's trace consists of `times` spans for its changes, each a child of the write. */
async function hasProcessed({ traceId, spanId }: Write, times: number): Promise<void> {
  await waitForTrace(traces.queryUrl, traceId, (spans) => {
    const expected = { name: 'process orders', count: times, children: ['update receipts'] };
    assertTree(spans, expected, { orphans: 'allow', extra: 'forbid' });
    const parents = spans.filter(({ name }) => name === 'process orders').map((span) => span.parentSpanId);
    assert.deepEqual(parents, Array(times).fill(spanId));
  });
}

async function isLinked(receipt: Receipt | undefined, { traceId, spanId }: Write): Promise<void> {
  const own = traceIdOf(receipt?.context);
  assert.ok(own && own !== traceId, JSON.stringify(receipt));
  const spans = await waitForTrace(traces.queryUrl, own, (found) =>
    assertTree(
      found,
      { name: 'process orders', links: 1, children: ['update receipts'] },
      { extra: 'forbid' },
    ),
  );
  const [link] = spans.flatMap(({ links }) => links);
  assert.deepEqual([link?.traceId, link?.spanId], [traceId, spanId]);
}

async function hasNoSpan(traceId: string): Promise<void> {
  const response = await fetch(`${traces.queryUrl}/api/v3/traces/${traceId}`);
  assert.equal(response.status, 404);
}

function traceIdOf(context: DocumentContext | undefined): string | undefined {
  return context?.['traceparent']?.split('-')[1];
}
