import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { mongodbUri, startMongod, type Mongod } from '@beyond-headers/local-mongod';
import { findFreePort } from '@beyond-headers/local-process';
import { createLogger } from '@beyond-headers/service-kit';
import { openMongo, type Mongo } from '@beyond-headers/service-kit/mongo';
import { startPoller, type Poller } from '../../services/poller/poller.ts';
import { until } from '../support/until.ts';
import { SETTINGS } from './support/queue.ts';

/** Longer than the client's server selection timeout, and than its pause between two attempts. */
const FOUND_MS = 10_000;

let mongo: Mongo;
let poller: Poller;
let mongod: Mongod | undefined;
let port: number;

before(async () => {
  port = await findFreePort();
  const uri = mongodbUri(port);
  mongo = openMongo(uri, 'late_database', 'test');
  poller = startPoller({
    ...SETTINGS,
    orders: mongo.db.collection<OrderDocument>(ORDERS_COLLECTION),
    handle: async () => {},
    logger: createLogger('test', 'silent'),
    wakeUp: uri,
  });
});
after(async () => {
  await poller.stop();
  await mongo.close();
  await mongod?.close();
});

test('a client that starts before its database finds it', async () => {
  await assert.rejects(mongo.ping());
  // The first failure closes the topology. The second one uses it, and must not become permanent.
  await assert.rejects(mongo.ping());
  mongod = await startMongod({ port });
  await until(
    () =>
      mongo.ping().then(
        () => true,
        () => false,
      ),
    Boolean,
    { deadlineMs: FOUND_MS, what: 'a ping' },
  );
});

test('so does the change stream of a poller', async () => {
  await until(async () => poller.stream?.isOpen(), Boolean, { deadlineMs: FOUND_MS, what: 'an open stream' });
});
