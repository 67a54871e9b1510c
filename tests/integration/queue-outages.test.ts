import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { startMongod } from '@beyond-headers/local-mongod';
import { openMongo, type Mongo } from '@beyond-headers/service-kit/mongo';
import { waitForTrace } from '@beyond-headers/traces';
import { MongoClient } from 'mongodb';
import { requeueDeadLetter } from '../../services/poller/queue/dead-letters.ts';
import type { Handler } from '../../services/poller/handler.ts';
import { attemptsIn } from '../support/order-spans.ts';
import { traces } from './support/preload.ts';
import { startQueueTest, type QueueTest } from './support/queue.ts';

/*
 * Fails each command of the poller in each way in which MongoDB can fail. However the driver handles the failure, no work may run
 * twice, and the trace must match the order.
 */

const ORDERS = 4;
/** More failures than the driver's own retry can handle. */
const TIMES = 3;
/** So long that the test fails if an attempt has to wait for the end of a lease. */
const LEASE_MS = 60_000;
const DEADLINE_MS = 30_000;

const DATABASE = 'queue_outages';
/** The `appName` of the poller under test. Failures apply only to it, and not to the test's own operations. */
const APP_NAME = 'poller under test';

let system: QueueTest;
let mongo: Mongo;
let admin: MongoClient;
before(async () => {
  system = await startQueueTest(DATABASE, await startMongod({ testCommands: true }));
  mongo = openMongo(system.uri, DATABASE, APP_NAME);
  admin = await new MongoClient(system.uri).connect();
});
after(async () => {
  await admin.close();
  await mongo.close();
  await system.stop();
});
afterEach(async () => {
  await fail('off', {});
  await system.clear();
});

/** https://github.com/mongodb/mongo/wiki/The-failCommand-Fail-Point */
const fail = (mode: 'off' | { times: number }, data: object) =>
  admin
    .db('admin')
    .command({ configureFailPoint: 'failCommand', mode, data: { appName: APP_NAME, ...data } });

/** The server adds its error labels. With `writeConcernError`, the write has taken effect. After a block, it takes effect late. */
const FAILURES: Record<string, object> = {
  'a cut connection': { closeConnection: true },
  'a shutdown': { errorCode: 91 },
  'a step-down': { errorCode: 189 },
  'no primary': { errorCode: 10_107 },
  'an interrupt': { errorCode: 11_602 },
  'a time limit': { errorCode: 50 },
  'a write concern that timed out': {
    writeConcernError: { code: 64, errmsg: 'waiting for replication timed out' },
  },
  'a write concern at a shutdown': {
    writeConcernError: { code: 91, errmsg: 'Replication is being shut down' },
  },
  'an answer that is late': { blockConnection: true, blockTimeMS: 800 },
};

/** The commands in claims of one or several orders, settlements, effects, and lease renewals. */
const COMMANDS = ['update', 'findAndModify', 'find'];

const add = (counts: Map<string, number>, id: string) => counts.set(id, (counts.get(id) ?? 0) + 1);

/** Returns a handler that runs an effect, and then fails on the first attempt, so that the poller makes all kinds of writes. */
function work(): { runs: Map<string, number>; effects: Map<string, number>; handle: Handler } {
  const [runs, effects] = [new Map<string, number>(), new Map<string, number>()];
  const handle: Handler = async ({ _id, attempts }, { once }) => {
    add(runs, _id);
    await once('mail', async () => void add(effects, _id));
    if (attempts === 1) throw new Error('once');
  };
  return { runs, effects, handle };
}

for (const [what, failure] of Object.entries(FAILURES)) {
  for (const command of COMMANDS) {
    if ('writeConcernError' in failure && command === 'find') continue;
    test(`${what} at ${command}: each attempt once`, { timeout: 2 * DEADLINE_MS }, () =>
      assertEachOnce(command, failure),
    );
  }
}

async function assertEachOnce(command: string, failure: object): Promise<void> {
  const placed = await Promise.all(Array.from({ length: ORDERS }, () => system.place()));
  const { runs, effects, handle } = work();
  await fail({ times: TIMES }, { failCommands: [command], ...failure });
  const orders = mongo.db.collection<OrderDocument>(ORDERS_COLLECTION);
  system.poller(handle, { orders, leaseMs: LEASE_MS });
  for (const { _id } of placed) {
    const order = await system.reaches(_id, 'fulfilled', DEADLINE_MS);
    assert.deepEqual([order.attempts, runs.get(_id), effects.get(_id)], [2, 2, 1]);
    assert.deepEqual(
      order.history?.map(({ outcome }) => outcome),
      ['retry'],
    );
    assert.deepEqual(
      order.ledger?.map(({ key }) => key),
      ['mail', 'fulfil'],
    );
    await assertTraceAgrees(order.traceIds[0]!);
  }
}

async function assertTraceAgrees(traceId: string): Promise<void> {
  const spans = await waitForTrace(traces.queryUrl, traceId, (found) => attemptsIn(found).length === 2);
  const attempts = attemptsIn(spans);
  assert.deepEqual(
    attempts.map(({ attributes, status }) => [attributes['demo.outcome'], status.code]),
    [
      ['retry', 'ERROR'],
      ['fulfilled', 'UNSET'],
    ],
  );
  const settled = spans.filter(({ name }) => name === 'settle orders');
  assert.deepEqual(
    settled.map(({ status }) => status.code),
    ['UNSET', 'UNSET'],
  );
}

test('a requeue whose answer is lost is done once', async () => {
  const { _id } = await system.place();
  await system.orders.updateOne({ _id }, { $set: { status: 'failed' } });
  const writeConcernError = { code: 64, errmsg: 'waiting for replication timed out' };
  await fail({ times: 1 }, { failCommands: ['update'], writeConcernError });
  const orders = mongo.db.collection<OrderDocument>(ORDERS_COLLECTION);
  const requeued = await requeueDeadLetter(orders, _id);
  const order = await system.orders.findOne({ _id });
  assert.deepEqual([requeued?.status, order?.status], ['pending', 'pending']);
  assert.deepEqual(
    order?.history?.map(({ outcome }) => outcome),
    ['requeued'],
  );
});
