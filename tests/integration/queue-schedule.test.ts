import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import type { OrderDocument, PlaceOrder } from '@beyond-headers/contracts';
import { assertTree, waitForTrace, type Span } from '@beyond-headers/traces';
import { trace } from '@opentelemetry/api';
import { claim } from '../../services/poller/queue/claim.ts';
import { requeueDeadLetter } from '../../services/poller/queue/dead-letters.ts';
import type { ClaimedOrder } from '../../services/poller/queue/order-queue.ts';
import type { Park } from '../../services/poller/queue/park.ts';
import { settleOrder } from '../../services/poller/queue/settle.ts';
import { recur } from '../../services/poller/recur.ts';
import { cancelOrder } from '../../services/writer/cancel-order.ts';
import { until } from '../support/until.ts';
import { linksOf } from '../support/order-spans.ts';
import { readAttempts } from './support/read-spans.ts';
import { traces } from './support/preload.ts';
import { fulfil, ORDER, startQueueTest } from './support/queue.ts';

const system = await startQueueTest('queue_schedule');
after(() => system.stop());
afterEach(() => system.clear());

const SECOND_MS = 1_000;
const inMs = (ms: number) => ({ availableAt: new Date(Date.now() + ms).toISOString() });
const everySecond = (times: number) => ({ every: { seconds: 1, times } });

/** The filter of a program without support for steps and schedules: it claims only these statuses. */
const claimable = { status: { $in: ['pending', 'processing'] as OrderDocument['status'][] } };

/** Each run is a trace with only these spans. */
const RUN = {
  name: 'process orders',
  kind: 'CONSUMER',
  children: ['wait orders', 'settle orders'],
} as const;

async function readRun(traceId: string): Promise<Span> {
  const spans = await waitForTrace(traces.queryUrl, traceId, (found) =>
    assertTree(found, RUN, { extra: 'forbid' }),
  );
  return spans.find(({ name }) => name === RUN.name)!;
}

/** Returns the span that sent the order, from the trace in which it was placed. That trace must have no other spans. */
async function readSent(traceId: string): Promise<Span> {
  const spans = await waitForTrace(traces.queryUrl, traceId, (found) =>
    assertTree(
      found,
      { name: 'place', children: [{ name: 'send orders', children: ['update orders'] }] },
      { extra: 'forbid', ignore: ['* CLIENT find orders'] },
    ),
  );
  return spans.find(({ name }) => name === 'send orders')!;
}

test('an order for later runs then, in a trace that links to who placed it', async () => {
  const { _id, availableAt, traceIds } = await system.place(inMs(700));
  system.poller(fulfil);
  const order = await system.reaches(_id, 'fulfilled');
  assert.equal(order.traceIds.length, 2);
  const sent = await readSent(traceIds[0]!);
  const run = await readRun(order.traceIds[1]!);
  assert.deepEqual(linksOf(run), [sent.spanId]);
  assert.ok(run.startMs >= availableAt.getTime() - 1, `${run.startMs} is before ${availableAt.getTime()}`);
});

test('a time that has passed is now, and no schedule', async () => {
  const { _id, availableAt, createdAt, traceIds } = await system.place(inMs(-60_000));
  assert.deepEqual(availableAt, createdAt);
  system.poller(fulfil);
  const order = await system.reaches(_id, 'fulfilled');
  assert.deepEqual(order.traceIds, traceIds);
});

test('each run links to who placed the order and to the run before', async () => {
  const { _id, createdAt, traceIds } = await system.place(everySecond(3));
  system.poller(fulfil);
  const order = await system.reaches(_id, 'fulfilled');
  assert.equal(order.traceIds.length, 4);
  const sent = await readSent(traceIds[0]!);
  const runs = await Promise.all(order.traceIds.slice(1).map(readRun));
  const [first, second] = runs;
  assert.deepEqual(runs.map(linksOf), [
    [sent.spanId],
    [sent.spanId, first!.spanId],
    [sent.spanId, second!.spanId],
  ]);
  assert.deepEqual(
    runs.map(({ attributes }) => [attributes['demo.run'], attributes['demo.outcome']]),
    [
      [1, 'scheduled'],
      [2, 'scheduled'],
      [3, 'fulfilled'],
    ],
  );
  runs.forEach(({ startMs }, index) => {
    assert.ok(startMs >= createdAt.getTime() + index * SECOND_MS - 1, `run ${index + 1} is early`);
  });
});

test('runs that were missed are made up for by one, and the grid stays', async () => {
  const { _id } = await system.place(everySecond(5));
  const missedMs = 10.5 * SECOND_MS;
  const back = (field: string) => ({ $subtract: [`$${field}`, missedMs] });
  await system.orders.updateOne({ _id }, [
    { $set: { createdAt: back('createdAt'), availableAt: back('availableAt') } },
  ]);
  system.poller(fulfil);
  const read = () => system.orders.findOne({ _id });
  const { availableAt, createdAt, runs } = (await until(read, (order) => order?.runs))!;
  const offsetMs = availableAt.getTime() - createdAt.getTime();
  assert.deepEqual([runs, offsetMs % SECOND_MS], [1, 0]);
  assert.ok(offsetMs > missedMs, `${offsetMs} ms after it was placed`);
});

test('what is done once is done once in each run', async () => {
  const { _id } = await system.place(everySecond(2));
  let effects = 0;
  let attempts = 0;
  system.poller(async (_order, { once }) => {
    await once('mail', async () => void effects++);
    if (++attempts === 1) throw new Error('after the effect');
  });
  await system.reaches(_id, 'fulfilled');
  assert.deepEqual([attempts, effects], [3, 2]);
});

test('a run that fails for good ends the schedule; requeued, it follows who did that', async () => {
  const { _id, traceIds } = await system.place(everySecond(3));
  let isBroken = true;
  system.poller(async () => {
    if (isBroken) throw new TypeError('out of tea');
  });
  const failed = await system.reaches(_id, 'steps-failed');
  assert.equal(failed.attempts, 3);
  isBroken = false;
  const requeued = await requeueDeadLetter(system.orders, _id);
  const order = await system.reaches(_id, 'fulfilled');
  const since = order.traceIds.slice(order.traceIds.indexOf(requeued!.traceId!) + 1);
  assert.equal(since.length, 3);
  const runs = await Promise.all(since.map(readRun));
  for (const { links } of runs) {
    assert.equal(links[0]?.traceId, requeued!.traceId);
    assert.ok(links.every(({ traceId }) => traceId !== traceIds[0]));
  }
});

test('a run that is written twice, or under a lost lease, counts once', async () => {
  const { _id } = await system.place(everySecond(5));
  const [held] = await claim(system.queue(), 1);
  const park = (await recur(fulfil)(held!, { signal: new AbortController().signal, once: fulfil })) as Park;
  const write = (order: ClaimedOrder) =>
    settleOrder(system.queue(), order, park, trace.getTracer('test').startSpan('run'));
  assert.deepEqual(await write(held!), { outcome: 'scheduled' });
  assert.deepEqual(await write(held!), { outcome: 'scheduled' });
  const lost = { ...held!, lease: { ...held!.lease, token: 'lost' } };
  assert.deepEqual(await write(lost), { outcome: 'lease lost' });
  const order = await system.orders.findOne({ _id });
  assert.deepEqual([order?.runs, order?.history?.length, order?.status], [1, 1, 'steps-pending']);
});

test('a program that knows no schedules never claims a recurring order', async () => {
  await system.place(everySecond(2));
  assert.equal(await system.orders.countDocuments(claimable), 0, 'placed');
  const [held] = await claim(system.queue(), 1);
  assert.equal(await system.orders.countDocuments(claimable), 0, 'claimed');
  const park = (await recur(fulfil)(held!, { signal: new AbortController().signal, once: fulfil })) as Park;
  await settleOrder(system.queue(), held!, park, trace.getTracer('test').startSpan('run'));
  assert.equal(await system.orders.countDocuments(claimable), 0, 'parked');
});

test('in shape parent every run hangs under who placed the order', async () => {
  const { _id, traceIds } = await system.place(everySecond(2));
  system.poller(fulfil, { shapeOf: () => 'parent' });
  const order = await system.reaches(_id, 'fulfilled');
  assert.deepEqual(order.traceIds, traceIds);
  const [first, second] = await readAttempts(traceIds[0]!, 2);
  assert.equal(first?.parentSpanId, second?.parentSpanId);
});

test('recurring orders of a batch each have their next run', async () => {
  const [one, other] = [await system.place(everySecond(2)), await system.place(everySecond(2))];
  system.poller(fulfil, { batchSize: 2 });
  await Promise.all([one, other].map(({ _id }) => system.reaches(_id, 'fulfilled')));
});

test('a schedule with a broken interval is a plain order', async () => {
  const { _id } = await system.place(everySecond(2));
  const broken = { seconds: 'daily' } as unknown as NonNullable<PlaceOrder['every']>;
  await system.orders.updateOne({ _id }, { $set: { every: broken } });
  system.poller(fulfil);
  await system.reaches(_id, 'fulfilled');
});

test('an approved schedule starts its runs after the approval, outside of the trace that placed it', async () => {
  const { _id, traceIds } = await system.place({ ...everySecond(2), approval: true });
  system.poller(fulfil);
  const order = await system.reaches(_id, 'held');
  assert.equal(order.traceIds.length, 2);
  await readSent(traceIds[0]!);
});

test('a cancelled order is never claimed again', async () => {
  const { _id } = await system.place(everySecond(1_000));
  const poller = system.poller(fulfil);
  const read = () => system.orders.findOne({ _id });
  await until(read, (order) => order?.runs);
  const outcome = await until(
    () => cancelOrder(system.orders, _id),
    (status) => status === 'cancelled',
  );
  assert.equal(outcome, 'cancelled');
  await poller.stop();
  await system.orders.updateOne({ _id }, { $set: { availableAt: new Date(0) } });
  assert.deepEqual(await claim(system.queue(), 1), []);
  assert.equal((await read())?.customer, ORDER.customer);
});
