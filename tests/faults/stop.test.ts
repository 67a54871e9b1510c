import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { until } from '../support/until.ts';
import { reachesExactTree } from './support/exact-tree.ts';
import { startFaultSystem } from './support/fault-system.ts';

let answerAfterMs = 300;
const system = await startFaultSystem(() => answerAfterMs);
after(() => system.stop());

async function inHand(): Promise<string> {
  const id = await system.place({ report: true });
  await until(async () => system.sink.calls.has(id), Boolean);
  return id;
}

test('SIGTERM finishes the order in hand, delivers its spans and exits 0', async () => {
  const poller = await system.poller();
  const id = await inHand();
  const startedAt = performance.now();
  await poller.stop();
  assert.equal(await poller.ended, 0);
  assert.ok(performance.now() - startedAt < 10_000);
  const order = await system.fulfilled(id, 0);
  assert.equal(order.attempts, 1);
  await reachesExactTree(order);
});

test('SIGTERM gives back what takes too long, uncounted', async () => {
  answerAfterMs = 60_000;
  const poller = await system.poller({ STOP_GRACE_MS: '300', LEASE_MS: '60000' });
  const id = await inHand();
  await poller.stop();
  assert.equal(await poller.ended, 0);
  const order = await system.orders.findOne({ _id: id });
  assert.deepEqual(
    [order?.status, order?.attempts, order?.history?.[0]?.outcome],
    ['pending', 0, 'released'],
  );
  answerAfterMs = 0;
  const next = await system.poller();
  assert.equal((await system.fulfilled(id)).attempts, 1);
  await next.stop();
});

test('an order has all the time that STOP_GRACE_MS gives it', { timeout: 60_000 }, async () => {
  const id = await system.place();
  // Longer than the default time that a process has to stop.
  await system.orders.updateOne({ _id: id }, { $set: { demo: { handlerMs: 12_000 } } });
  const poller = await system.poller({ STOP_GRACE_MS: '20000', DEMO_CONTROLS: 'on' });
  const read = () => system.orders.findOne({ _id: id });
  await until(read, (order) => order?.status === 'processing', { what: 'the order in hand' });
  await poller.stop();
  assert.equal(await poller.ended, 0);
  assert.deepEqual([(await read())?.status, (await read())?.attempts], ['fulfilled', 1]);
});

test('a second signal ends at once, and the order comes again', async () => {
  answerAfterMs = 60_000;
  const poller = await system.poller({ STOP_GRACE_MS: '60000' });
  const id = await inHand();
  poller.signal('SIGTERM');
  await until(async () => poller.log.some(({ msg }) => msg === 'SIGTERM: stopping'), Boolean);
  const startedAt = performance.now();
  poller.signal('SIGTERM');
  assert.equal(await poller.ended, 1);
  assert.ok(performance.now() - startedAt < 2_500);
  answerAfterMs = 0;
  await system.poller();
  assert.equal((await system.fulfilled(id)).attempts, 2);
});
