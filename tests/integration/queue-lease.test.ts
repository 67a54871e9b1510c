import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, afterEach, mock, test } from 'node:test';
import { until } from '../support/until.ts';
import { claim } from '../../services/poller/queue/claim.ts';
import { effectOnce } from '../../services/poller/queue/effects.ts';
import type { ClaimedOrder, OrderQueue } from '../../services/poller/queue/order-queue.ts';
import { completeOrders } from '../../services/poller/queue/complete.ts';
import { createRenew } from '../../services/poller/queue/renew.ts';
import { settleOrder, type GivenBack } from '../../services/poller/queue/settle.ts';
import { trace } from '@opentelemetry/api';
import { spanIdOf } from '../support/order-spans.ts';
import { readAttempts } from './support/read-spans.ts';
import { fulfil, startQueueTest } from './support/queue.ts';

const TRACE_ID = 'a'.repeat(32);
const SPAN = trace.wrapSpanContext({ traceId: TRACE_ID, spanId: 'b'.repeat(16), traceFlags: 1 });

const never = new AbortController().signal;

const RETRY: GivenBack = { outcome: 'retry', delayMs: 20, error: new Error('no') };
const POSTPONE: GivenBack = { outcome: 'postponed', delayMs: 60_000, error: new Error('away') };
const RELEASE: GivenBack = { outcome: 'released', delayMs: 0 };

const system = await startQueueTest('queue_lease');
after(() => system.stop());
afterEach(() => system.clear());

const spanOf = (id: string) =>
  trace.wrapSpanContext({ traceId: TRACE_ID, spanId: id.repeat(16), traceFlags: 1 });

/** Claims an order twice: the lease of the first claim expires, and the second claim owns the order. */
async function takenTwice(): Promise<{ queue: OrderQueue; late: ClaimedOrder; owner: ClaimedOrder }> {
  const queue = system.queue({ leaseMs: 1 });
  const { _id } = await system.place();
  const late = await claimedAs(queue, _id);
  const owner = await claimedAs(system.queue({ leaseMs: 60_000 }), _id);
  return { queue, late, owner };
}

function claimedAs(queue: OrderQueue, id: string): Promise<ClaimedOrder> {
  return until(
    async () => (await claim(queue, 1)).find(({ _id }) => _id === id)!,
    (order) => order !== undefined,
  );
}

async function complete(queue: OrderQueue, order: ClaimedOrder): Promise<Set<string> | undefined> {
  const [settled] = await completeOrders(queue, [{ held: [order], span: SPAN }]);
  return settled;
}

test('settling late is refused and changes nothing', async () => {
  const { queue, late, owner } = await takenTwice();
  const before = await system.orders.findOne({ _id: late._id });
  assert.deepEqual(await complete(queue, late), new Set());
  assert.deepEqual(await settleOrder(queue, late, RETRY, SPAN), { outcome: 'lease lost' });
  assert.deepEqual(await settleOrder(queue, late, RELEASE, SPAN), { outcome: 'lease lost' });
  await assert.rejects(
    effectOnce(queue, late, 'mail', async () => {}, never),
    /lease of order .* was lost/,
  );
  assert.deepEqual(await system.orders.findOne({ _id: late._id }), before);
  assert.deepEqual(await complete(queue, owner), new Set([owner._id]));
});

test('an effect of a lost lease does not fulfill', async () => {
  const queue = system.queue({ leaseMs: 60_000 });
  const { _id } = await system.place();
  const late = await claimedAs(queue, _id);
  await effectOnce(queue, late, 'report', async () => {}, never);
  await system.orders.updateOne({ _id }, { $set: { availableAt: new Date(0) } });
  const owner = await claimedAs(queue, _id);
  assert.deepEqual(await complete(queue, owner), new Set([_id]));
  assert.deepEqual(await complete(queue, late), new Set());
});

test('settling again after a lost answer is not a lost lease', async () => {
  const queue = system.queue();
  const first = await claimedAs(queue, (await system.place())._id);
  await complete(queue, first);
  assert.deepEqual(await complete(queue, first), new Set([first._id]));
  const second = await claimedAs(queue, (await system.place())._id);
  await settleOrder(queue, second, RETRY, SPAN);
  const { outcome } = await settleOrder(queue, second, RETRY, SPAN);
  assert.equal(outcome, 'retry');
  const order = await system.orders.findOne({ _id: second._id });
  assert.equal(order?.history?.length, 1);
  const third = await claimedAs(queue, (await system.place())._id);
  await effectOnce(queue, third, 'mail', async () => {}, never);
  await effectOnce(queue, third, 'mail', async () => {}, never);
  const { ledger } = (await system.orders.findOne({ _id: third._id }))!;
  assert.deepEqual(
    ledger?.map(({ key }) => key),
    ['mail'],
  );
  await settleOrder(queue, third, POSTPONE, SPAN);
  assert.equal((await settleOrder(queue, third, POSTPONE, SPAN)).outcome, 'postponed');
  const fourth = await claimedAs(queue, (await system.place())._id);
  await settleOrder(queue, fourth, RELEASE, SPAN);
  assert.deepEqual(await settleOrder(queue, fourth, RELEASE, SPAN), { outcome: 'released' });
});

test('a heartbeat keeps an order five times longer than its lease', async () => {
  const { _id } = await system.place();
  let runs = 0;
  const handle = async () => {
    runs++;
    await delay(5 * 400);
  };
  system.poller(handle);
  system.poller(handle);
  const order = await system.reaches(_id, 'fulfilled');
  assert.equal(runs, 1);
  assert.equal(order.attempts, 1);
});

test('heartbeats at the same time are one write', async (context) => {
  const queue = system.queue({ leaseMs: 60_000 });
  for (let order = 0; order < 3; order++) await system.place();
  const together = await claim(queue, 2);
  const [alone] = await claim(queue, 1);
  const [kept, lost] = together as [ClaimedOrder, ClaimedOrder];
  await system.orders.updateOne({ _id: lost._id }, { $set: { availableAt: new Date(0) } });
  assert.equal((await claimedAs(queue, lost._id)).attempts, 2);

  const writes = mock.method(queue.orders, 'bulkWrite');
  context.after(() => writes.mock.restore());
  const renew = createRenew(queue);
  const held = await Promise.all([
    renew({ held: [kept], span: spanOf('1') }),
    renew({ held: [lost], span: spanOf('2') }),
    renew({ held: [alone!], span: spanOf('3') }),
  ]);
  assert.deepEqual(held, [true, false, true]);
  assert.equal(writes.mock.callCount(), 1);
  const leaseOf = async ({ _id }: ClaimedOrder) => (await system.orders.findOne({ _id }))!.lease!;
  const spanIn = async (order: ClaimedOrder) => spanIdOf((await leaseOf(order)).context);
  assert.equal(await spanIn(kept), '1'.repeat(16));
  assert.equal(await spanIn(lost), undefined);
  assert.equal(await spanIn(alone!), '3'.repeat(16));
  assert.ok((await leaseOf(kept)).until > kept.lease.until);
});

test('an attempt that died is linked from the next one', async () => {
  const { _id } = await system.place();
  const dead = await claimedAs(system.queue({ leaseMs: 50 }), _id);
  const context = { traceparent: `00-${dead.traceIds[0]}-00f067aa0ba902b7-01` };
  await system.orders.updateOne({ _id }, { $set: { 'lease.context': context } });
  system.poller(async () => {});
  const order = await system.reaches(_id, 'fulfilled');
  assert.equal(order.attempts, 2);
  assert.deepEqual(
    order.history?.map(({ attempt, outcome, owner }) => ({ attempt, outcome, owner })),
    [{ attempt: 1, outcome: 'lease ended', owner: dead.lease.owner }],
  );
  const [process] = await readAttempts(order.traceIds[0]!, 1);
  assert.equal(process?.attributes['demo.attempt'], 2);
  assert.deepEqual(
    process?.links.map(({ spanId, attributes }) => [spanId, attributes['demo.attempt']]),
    [['00f067aa0ba902b7', 1]],
  );
});

test('an order whose workers all died is given up', async () => {
  const { _id } = await system.place();
  const queue = system.queue({ leaseMs: 1, maxAttempts: 3 });
  for (let attempt = 1; attempt <= 3; attempt++) await claimedAs(queue, _id);
  let runs = 0;
  system.poller(async () => void runs++);
  const order = await system.reaches(_id, 'failed');
  assert.equal(runs, 0);
  assert.equal(order.attempts, 3);
  assert.equal(order.lease, undefined);
  assert.deepEqual(
    order.history?.map(({ outcome }) => outcome),
    ['lease ended', 'lease ended', 'lease ended'],
  );
  const [gaveUp] = await readAttempts(order.traceIds[0]!, 1);
  assert.equal(gaveUp?.status.code, 'ERROR');
  assert.equal(gaveUp?.attributes['demo.outcome'], 'dead letter');
});

test('an effect is done once however many attempts the order takes', async () => {
  const { _id } = await system.place();
  let effects = 0;
  let runs = 0;
  system.poller(async (_order, { once }) => {
    runs++;
    await once('mail', async () => void effects++);
    if (runs === 1) throw new Error('after the effect');
  });
  const order = await system.reaches(_id, 'fulfilled');
  assert.deepEqual([runs, effects], [2, 1]);
  assert.deepEqual(
    order.ledger?.map(({ key, attempt }) => [key, attempt]),
    [
      ['mail', 1],
      ['fulfil', 2],
    ],
  );
});

test('a batch fulfills orders that several lost claims took', async () => {
  const lost = system.queue({ leaseMs: 60_000 });
  const placed = [await system.place(), await system.place()];
  const claimed = [...(await claim(lost, 1)), ...(await claim(lost, 1))];
  const { queue } = system.poller(fulfil, { batchSize: 10, leaseMs: 60_000 });
  for (const { lease } of claimed)
    await queue.lostClaims.watch(lease.token, () => Promise.reject(new Error('cut'))).catch(() => {});
  for (const { _id } of placed) {
    const { attempts, history } = await system.reaches(_id, 'fulfilled');
    assert.deepEqual([attempts, history], [1, undefined]);
  }
});

test('orders of one claim each get the span of their own attempt', async () => {
  const queue = system.queue({ leaseMs: 60_000 });
  for (let index = 0; index < 3; index++) await system.place();
  const [one, two, three] = await claim(queue, 3);
  const attempts = [
    { held: [one!, two!], span: trace.wrapSpanContext({ ...SPAN.spanContext(), traceId: '1'.repeat(32) }) },
    { held: [three!], span: trace.wrapSpanContext({ ...SPAN.spanContext(), traceId: '3'.repeat(32) }) },
  ];
  const read = () =>
    Promise.all([one, two, three].map((order) => system.orders.findOne({ _id: order!._id })));
  const traces = ['1', '1', '3'].map((digit) => digit.repeat(32));
  const renew = createRenew(queue);
  assert.deepEqual(await Promise.all(attempts.map(renew)), [true, true]);
  assert.deepEqual(
    (await read()).map((order) => order?.lease?.context?.['traceparent']?.split('-')[1]),
    traces,
  );
  await completeOrders(queue, attempts);
  assert.deepEqual(
    (await read()).map((order) => order?.traceIds.at(-1)),
    traces,
  );
});
