import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, afterEach, test } from 'node:test';
import { claim } from '../../services/poller/queue/claim.ts';
import { until } from '../support/until.ts';
import './support/preload.ts';
import { recordingLogger } from './support/recording-logger.ts';
import { documents, startQueueTest } from './support/queue.ts';

const ORDERS = 120;
const CONCURRENCY = 2;

const system = await startQueueTest('queue_slots');
after(() => system.stop());
afterEach(() => system.clear());

const count = (status: 'fulfilled' | 'processing') => system.orders.countDocuments({ status });

const reach = (status: 'fulfilled' | 'processing', expected: number) =>
  until(
    () => count(status),
    (found) => found === expected,
    { what: `${expected} orders ${status}` },
  );

test('quick handlers never take more than their slots', async () => {
  await system.orders.insertMany(documents(ORDERS, 'pending'));
  let running = 0;
  let most = 0;
  const handle = async () => {
    most = Math.max(most, ++running);
    await delay(1);
    running--;
  };
  system.poller(handle, { concurrency: CONCURRENCY });
  await reach('fulfilled', ORDERS);
  assert.equal(most, CONCURRENCY);
});

test('orders claimed ahead of a handler that blocks go to others', async () => {
  await system.orders.insertMany(documents(ORDERS, 'pending'));
  const unblocked = Promise.withResolvers<void>();
  let runs = 0;
  const blocking = async () => {
    if (++runs > ORDERS / 2) await unblocked.promise;
  };
  system.poller(blocking, { concurrency: CONCURRENCY });
  await until(
    async () => runs,
    (found) => found === ORDERS / 2 + CONCURRENCY,
    { what: 'every slot blocked' },
  );
  await reach('processing', CONCURRENCY);
  const givenBack = await system.orders.find({ 'history.outcome': 'released' }).toArray();
  assert.ok(givenBack.length > 0, 'some were claimed ahead');
  assert.ok(
    givenBack.every(({ attempts }) => attempts === 0),
    'uncounted',
  );
  system.poller(async () => {});
  await reach('fulfilled', ORDERS - CONCURRENCY);
  unblocked.resolve();
  await reach('fulfilled', ORDERS);
});

test('a poller that takes over the orders of a dead one claims none ahead', async () => {
  const unblocked = Promise.withResolvers<void>();
  let blocked = 0;
  const handle = async ({ _id }: { _id: string }) => {
    if (!_id.startsWith('dead')) return;
    blocked++;
    await unblocked.promise;
  };
  await system.orders.insertMany(documents(ORDERS, 'pending'));
  const { loop } = system.poller(handle, { concurrency: CONCURRENCY });
  // Fast handlers make the poller claim ahead.
  await reach('fulfilled', ORDERS);
  await loop.pause();
  await system.orders.insertMany(documents(20, 'pending', 'dead'));
  await claim(system.queue({ leaseMs: 1 }), 20);
  loop.resume();
  await until(
    async () => blocked,
    (found) => found === CONCURRENCY,
    { what: 'every slot blocked' },
  );
  // The test can't await the absence of claims. A poller that claims ahead takes all orders within this time.
  await delay(300);
  assert.equal(loop.inFlight, CONCURRENCY);
  unblocked.resolve();
  await reach('fulfilled', ORDERS + 20);
});

test('one order that cannot be written holds up none beside it', async () => {
  const [bad] = await system.orders
    .insertMany(documents(20, 'pending'))
    .then(({ insertedIds }) => Object.values(insertedIds));
  await system.db.command({
    collMod: 'orders',
    validator: { $nor: [{ _id: bad, status: 'fulfilled' }] },
  });
  const { lines, logger } = recordingLogger();
  const said = (text: string) => lines.filter(({ msg }) => msg.includes(text)).length;
  system.poller(async () => {}, { concurrency: 8, leaseMs: 60_000, logger });
  await until(async () => said('outcome could not be written'), Boolean);
  await until(
    async () => said('order fulfilled'),
    (found) => found === 19,
  );
  assert.equal(said('outcome could not be written'), 1);
  assert.equal(await count('fulfilled'), 19);
});
