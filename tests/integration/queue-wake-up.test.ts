import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { startMongod } from '@beyond-headers/local-mongod';
import { createLogger } from '@beyond-headers/service-kit';
import { MongoClient } from 'mongodb';
import type { Poller } from '../../services/poller/poller.ts';
import { placeOrder } from '../../services/writer/place-order.ts';
import { until } from '../support/until.ts';
import './support/preload.ts';
import { recordingLogger } from './support/recording-logger.ts';
import { ORDER, startQueueTest } from './support/queue.ts';

const NEVER_MS = 60_000;

const system = await startQueueTest('queue_wake_up');
after(() => system.stop());
afterEach(() => system.clear());

const streaming = (poller: Poller, isOpen = true) =>
  until(
    async () => poller.stream?.isOpen(),
    (open) => open === isOpen,
    { what: `stream open: ${isOpen}` },
  );

test('a new order wakes an idle poller long before the next poll', async () => {
  const poller = system.poller(async () => {}, { pollIntervalMs: NEVER_MS, wakeUp: system.uri });
  await streaming(poller);
  const { _id } = await system.place();
  await system.reaches(_id, 'fulfilled');
});

test('without a change stream polling finds every order', async () => {
  system.poller(async () => {}, { pollIntervalMs: 50 });
  const { _id } = await system.place();
  await system.reaches(_id, 'fulfilled');
});

test('a lost stream is said once, missed by no order, and comes back', async () => {
  const { lines, logger } = recordingLogger();
  const poller = system.poller(async () => {}, { wakeUp: system.uri, logger });
  await streaming(poller);
  await system.orders.drop();
  await streaming(poller, false);
  const { _id } = await system.place();
  await system.reaches(_id, 'fulfilled');
  await streaming(poller);
  const said = (text: string) => lines.filter(({ msg }) => msg.includes(text)).length;
  assert.equal(said('polling alone finds new orders'), 1);
  assert.equal(said('the change stream is back'), 1);
});

test('a MongoDB without change streams is polled, said once', async () => {
  const mongod = await startMongod({ standalone: true });
  const client = new MongoClient(mongod.uri);
  const { lines, logger } = recordingLogger();
  const orders = client.db(system.database).collection('orders') as unknown as typeof system.orders;
  const poller = system.poller(async () => {}, { orders, logger, wakeUp: mongod.uri });
  const lost = () => lines.filter(({ msg }) => msg.includes('polling alone finds new orders')).length;
  await until(async () => lost(), Boolean, { what: 'the missing stream said' });
  const _id = (await placeOrder(orders, ORDER))._id;
  const reading = () => orders.findOne({ _id });
  await until(reading, (order) => order?.status === 'fulfilled', { what: 'the order fulfilled' });
  assert.equal(lost(), 1);
  assert.equal(poller.stream?.isOpen(), false);
  await poller.stop();
  await client.close();
  await mongod.close();
});

test('an idle poller sends at most one command an interval', async () => {
  const intervalMs = 100;
  const client = new MongoClient(system.uri, { monitorCommands: true });
  const commands: string[] = [];
  client.on('commandStarted', ({ commandName }) => commands.push(commandName));
  const orders = client.db(system.database).collection('orders') as unknown as typeof system.orders;
  const poller = system.poller(async () => {}, { orders, pollIntervalMs: intervalMs, wakeUp: system.uri });
  await streaming(poller);
  // Waits for the commands of the start: the creation of the index, and the query when the stream opens.
  await until(
    async () => commands.length,
    (count) => count >= 3,
  );
  const profiled = client.db(system.database);
  await profiled.command({ profile: 2 });
  const startedAt = performance.now();
  await until(
    async () => performance.now() - startedAt,
    (ms) => ms >= 20 * intervalMs,
  );
  await profiled.command({ profile: 0 });
  const intervals = (performance.now() - startedAt) / intervalMs;
  const seen = await profiled
    .collection('system.profile')
    .find({ ns: /orders/ })
    .toArray();
  assert.ok(seen.length >= 5, `${seen.length} commands: the profiler saw the polls`);
  assert.ok(seen.length <= intervals + 1, `${seen.length} commands in ${intervals} intervals`);
  await poller.stop();
  await client.close();
});

test('a poller stops at once while it waits', async () => {
  const logger = createLogger('test', 'silent');
  const poller = system.poller(async () => {}, { pollIntervalMs: NEVER_MS, wakeUp: system.uri, logger });
  await streaming(poller);
  const startedAt = performance.now();
  await poller.stop();
  assert.ok(performance.now() - startedAt < 1_000);
});
