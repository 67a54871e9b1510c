import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import type { OrderDocument } from '@beyond-headers/contracts';
import { waitForTrace, type Span } from '@beyond-headers/traces';
import { trace } from '@opentelemetry/api';
import { claim } from '../../services/poller/queue/claim.ts';
import { renewLeases } from '../../services/poller/queue/renew.ts';
import { oldestAgeMs } from '../../services/poller/queue/counts.ts';
import { until } from '../support/until.ts';
import { attemptIn, linksOf } from '../support/order-spans.ts';
import { startHoldTest } from './support/hold.ts';
import { traces } from './support/preload.ts';
import { fulfil } from './support/queue.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const HOUR_S = 60 * 60;

const { system, place, approve } = await startHoldTest('day_old');
after(() => system.stop());
afterEach(() => system.clear());

/** Moves all times of an order one day into the past, so that the test needs no mocked clock. */
async function happenedYesterday({ _id }: Pick<OrderDocument, '_id'>): Promise<OrderDocument> {
  const [order] = await system.orders.find({ _id }).toArray();
  const earlier = JSON.parse(JSON.stringify(order), (_key, value: unknown) =>
    typeof value === 'string' && ISO_DATE.test(value) ? new Date(Date.parse(value) - DAY_MS) : value,
  ) as OrderDocument;
  await system.orders.replaceOne({ _id }, earlier);
  return earlier;
}
const ISO_DATE = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** Returns an order whose worker claimed it, renewed its lease, and then died. */
async function lostByItsWorker(): Promise<{ order: OrderDocument; lost: string }> {
  const { _id } = await system.place();
  const span = trace.getTracer('test').startSpan('process orders');
  const held = await claim(system.queue(), 1);
  await renewLeases(system.queue(), [{ held, span }]);
  return { order: await happenedYesterday({ _id }), lost: span.spanContext().spanId };
}

const named = (spans: Span[], name: string) => spans.find((span) => span.name === name);
const read = (traceId: string, ...names: string[]) =>
  waitForTrace(traces.queryUrl, traceId, (found) => names.every((name) => named(found, name)));

test('an order that waited for a day shows it, and is first', async () => {
  const order = await happenedYesterday(await system.place());
  const { _id: younger } = await system.place();
  assert.ok((await oldestAgeMs(system.queue())) >= DAY_MS);
  const [first] = await claim(system.queue(), 1);
  assert.equal(first?._id, order._id);
  await system.orders.replaceOne({ _id: order._id }, order);
  system.poller(fulfil);
  await Promise.all([order._id, younger].map((id) => system.reaches(id, 'fulfilled')));
  const spans = await read(order.traceIds[0]!, 'wait orders', 'process orders');
  const wait = named(spans, 'wait orders')!;
  assert.equal(wait.startMs, order.availableAt.getTime());
  assert.ok(wait.endMs - wait.startMs >= DAY_MS, `${wait.endMs - wait.startMs} ms`);
  assert.equal(attemptIn(spans).parentSpanId, wait.parentSpanId);
});

test('a lease that ended a day ago is one lost attempt', async () => {
  const { order, lost } = await lostByItsWorker();
  system.poller(fulfil);
  const { attempts, history = [] } = await system.reaches(order._id, 'fulfilled');
  assert.deepEqual([attempts, history.map(({ outcome }) => outcome)], [2, ['lease ended']]);
  const spans = await read(order.traceIds[0]!, 'wait orders', 'process orders');
  assert.deepEqual(linksOf(attemptIn(spans)), [lost]);
  assert.equal(named(spans, 'wait orders')?.startMs, order.lease?.until.getTime());
});

test('above the age a day-old order starts a linked trace, and its wait leads there', async () => {
  const order = await happenedYesterday(await system.place());
  system.poller(fulfil, { traceMaxAgeMs: HOUR_S * 1_000 });
  const { traceIds } = await system.reaches(order._id, 'fulfilled');
  assert.equal(traceIds.length, 2);
  const [old, young] = await Promise.all([
    read(traceIds[0]!, 'wait orders'),
    read(traceIds[1]!, 'process orders'),
  ]);
  const attempt = attemptIn(young);
  assert.equal(attempt.attributes['demo.trace.limit'], 'age');
  assert.deepEqual(linksOf(attempt), [named(old, 'send orders')?.spanId]);
  assert.deepEqual(linksOf(named(old, 'wait orders')), [attempt.spanId]);
});

for (const seconds of [1, HOUR_S]) {
  test(`of a day of runs every ${seconds} s one is made up for`, async () => {
    const { _id } = await system.place({ every: { seconds, times: 5 } });
    const { createdAt } = await happenedYesterday({ _id });
    const poller = system.poller(fulfil);
    const order = await until(
      () => system.orders.findOne({ _id }),
      (found) => found?.runs,
    );
    await poller.stop();
    const sinceMs = Number(order?.availableAt) - createdAt.getTime();
    assert.equal(order?.runs, 1);
    assert.equal(sinceMs % (seconds * 1_000), 0, 'on its grid');
    assert.ok(
      sinceMs > DAY_MS && sinceMs <= DAY_MS + 2 * seconds * 1_000 + 10_000,
      `next after ${sinceMs} ms`,
    );
  });
}

test('an order held for a day goes on in a linked trace', async () => {
  const poller = system.poller(fulfil);
  const { orderId } = await place();
  await happenedYesterday(await system.reaches(orderId, 'held'));
  await approve(orderId);
  const { traceIds, pause } = await system.reaches(orderId, 'fulfilled');
  await poller.stop();
  assert.ok(Number(pause?.until) - Number(pause?.since) >= DAY_MS);
  const spans = await read(traceIds.at(-1)!, 'process orders');
  const attempt = attemptIn(spans);
  assert.equal(attempt.parentSpanId, undefined);
  assert.equal(attempt.attributes['demo.pause.ms'], Number(pause?.until) - Number(pause?.since));
});
