import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { goOn, type OrderDocument } from '@beyond-headers/contracts';
import { trace } from '@opentelemetry/api';
import type { Handler } from '../../services/poller/handler.ts';
import { claim } from '../../services/poller/queue/claim.ts';
import type { ClaimedOrder } from '../../services/poller/queue/order-queue.ts';
import { settleOrder } from '../../services/poller/queue/settle.ts';
import { linksOf } from '../support/order-spans.ts';
import { readAttempts } from './support/read-spans.ts';
import { startQueueTest } from './support/queue.ts';

const system = await startQueueTest('queue_park');
after(() => system.stop());
afterEach(() => system.clear());

/** Returns a handler that parks an order `times` times, and then fulfills it. */
const parking =
  (times: number): Handler =>
  async ({ history = [] }) => {
    const parked = history.filter(({ outcome }) => outcome === 'held').length;
    return parked < times ? { outcome: 'held' } : undefined;
  };

const CAUSE = { traceparent: `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01` };

async function letGoOn(id: string): Promise<void> {
  const { modifiedCount } = await system.orders.updateOne({ _id: id, status: 'held' }, [
    { $set: goOn({ context: CAUSE, traceId: 'c'.repeat(32) }) },
  ]);
  assert.equal(modifiedCount, 1);
}

/** The filter of a program without support for orders with steps: it claims only these statuses. */
const claimable = { status: { $in: ['pending', 'processing'] as OrderDocument['status'][] } };

test('each segment is a child of the one before', async () => {
  const { _id, traceIds } = await system.place();
  system.poller(parking(2));
  await system.reaches(_id, 'held');
  await letGoOn(_id);
  await system.reaches(_id, 'held');
  await letGoOn(_id);
  const order = await system.reaches(_id, 'fulfilled');
  const [first, second, third] = await readAttempts(traceIds[0]!, 3);
  assert.deepEqual([second?.parentSpanId, third?.parentSpanId], [first?.spanId, second?.spanId]);
  assert.deepEqual([first, second, third].map(linksOf), [[], ['d'.repeat(16)], ['d'.repeat(16)]]);
  assert.deepEqual(
    [first, second, third].map((span) => span?.attributes['demo.outcome']),
    ['held', 'held', 'fulfilled'],
  );
  assert.equal(third?.attributes['demo.pause.reason'], 'approval');
  assert.equal(
    third?.attributes['demo.pause.ms'],
    order.pause!.until!.getTime() - order.pause!.since.getTime(),
  );
  assert.deepEqual(order.traceIds, [...traceIds, 'c'.repeat(32)]);
});

test('a segment after a long pause is a trace of its own', async () => {
  const { _id, traceIds } = await system.place();
  system.poller(parking(1), { holdLinkAfterMs: 1 });
  const { pause } = await system.reaches(_id, 'held');
  await system.orders.updateOne({ _id }, { $set: { 'pause.since': new Date(pause!.since.getTime() - 1) } });
  await letGoOn(_id);
  const order = await system.reaches(_id, 'fulfilled');
  const [first] = await readAttempts(traceIds[0]!, 1);
  const [second] = await readAttempts(order.traceIds.at(-1)!, 1);
  assert.equal(second?.parentSpanId, undefined);
  assert.deepEqual(linksOf(second), [first?.spanId, 'd'.repeat(16)]);
  assert.equal(second?.attributes['demo.trace.limit'], 'age');
});

test('a program that knows no steps never claims a parked order', async () => {
  const { _id } = await system.place({ approval: true });
  assert.equal(await system.orders.countDocuments(claimable), 0, 'placed');
  const [held] = await claim(system.queue(), 1);
  assert.equal(await system.orders.countDocuments(claimable), 0, 'claimed');
  await park(held!);
  assert.equal(await system.orders.countDocuments(claimable), 0, 'held');
  await letGoOn(_id);
  assert.equal(await system.orders.countDocuments(claimable), 0, 'to go on');
});

const park = (order: ClaimedOrder) =>
  settleOrder(system.queue(), order, { outcome: 'held' }, trace.getTracer('test').startSpan('segment'));

test('a stop that is written twice counts once', async () => {
  await system.place({ approval: true });
  const [held] = await claim(system.queue(), 1);
  assert.deepEqual(await park(held!), { outcome: 'held' });
  assert.deepEqual(await park(held!), { outcome: 'held' });
  const order = await system.orders.findOne({ _id: held!._id });
  assert.deepEqual([order?.status, order?.history?.length, order?.attempts], ['held', 1, 0]);
});

test('a stop under a lost lease changes nothing', async () => {
  await system.place({ approval: true });
  const [held] = await claim(system.queue(), 1);
  const before = await system.orders.findOne({ _id: held!._id });
  const lost = { ...held!, lease: { ...held!.lease, token: 'of another claim' } };
  assert.deepEqual(await park(lost), { outcome: 'lease lost' });
  assert.deepEqual(await system.orders.findOne({ _id: held!._id }), before);
});

test('an order that is to be approved is held', async () => {
  const { _id } = await system.place({ approval: true });
  let runs = 0;
  system.poller(async () => void runs++);
  const { pause } = await system.reaches(_id, 'held');
  assert.deepEqual([runs, pause?.reason], [0, 'approval']);
});
