import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { MongoClient, type MongoClientOptions } from 'mongodb';

import { startMongod } from './mongod.ts';

async function withClient(
  uri: string,
  use: (client: MongoClient) => Promise<void>,
  options: MongoClientOptions = {},
): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 10_000, ...options });
  try {
    await use(client);
  } finally {
    await client.close();
  }
}

test('change streams see an inserted document', async (t) => {
  const mongod = await startMongod();
  t.after(() => mongod.close());
  await withClient(mongod.uri, async (client) => {
    const orders = client.db('test').collection('orders');
    const changes = orders.watch();
    // Opens the stream, so that the insert comes after its start.
    await changes.tryNext();
    await orders.insertOne({ sku: 'lamp' });
    const change = await changes.next();
    assert.equal(change.operationType === 'insert' && change.fullDocument.sku, 'lamp');
    await changes.close();
  });
});

test('a client survives a crash and restart', async (t) => {
  const mongod = await startMongod();
  t.after(() => mongod.close());
  await withClient(mongod.uri, async (client) => {
    const orders = client.db('test').collection<{ _id: number }>('orders');
    await orders.insertOne({ _id: 1 });
    const before = mongod.pid;
    await mongod.kill();
    await mongod.restart();
    await orders.insertOne({ _id: 2 });
    assert.equal(await orders.countDocuments(), 2);
    assert.notEqual(mongod.pid, before);
  });
});

test('a frozen server answers once thawed', async (t) => {
  const mongod = await startMongod();
  t.after(() => mongod.close());
  const ask = async (client: MongoClient) => {
    await client.db('test').command({ ping: 1 });
    mongod.freeze();
    // The signal takes a moment, so a few commands may still succeed.
    await assert.rejects(async () => {
      for (;;) await client.db('test').command({ ping: 1 });
    }, /timed out/i);
    mongod.thaw();
    assert.equal((await client.db('test').command({ ping: 1 })).ok, 1);
  };
  await withClient(mongod.uri, ask, { socketTimeoutMS: 300 });
});

test('kept data is found again on another port', async (t) => {
  const dbPath = await mkdtemp(join(tmpdir(), 'mongod-test-'));
  t.after(() => rm(dbPath, { recursive: true }));
  const first = await startMongod({ dbPath });
  await withClient(first.uri, async (client) => {
    await client.db('test').collection('orders').insertOne({ sku: 'lamp' });
  });
  await first.close();
  const second = await startMongod({ dbPath });
  t.after(() => second.close());
  assert.notEqual(second.port, first.port);
  await withClient(second.uri, async (client) => {
    assert.equal((await client.db('test').collection('orders').findOne())?.sku, 'lamp');
  });
});
