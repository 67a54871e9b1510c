import { setTimeout as delay } from 'node:timers/promises';
import { INVALID_SPAN_CONTEXT, trace } from '@opentelemetry/api';
import type { Poller } from '../../../services/poller/poller.ts';
import { claim } from '../../../services/poller/queue/claim.ts';
import { completeOrders } from '../../../services/poller/queue/complete.ts';
import { until } from '../../support/until.ts';
import { perSecond } from '../rate.ts';
import { median } from '../statistics.ts';
import { CONCURRENCY, emptyQueue, POLL_INTERVAL_MS, waitingOrder, type BenchQueue } from './orders.ts';
import { countTo } from './peers/programs/harness.mjs';

const NO_SPAN = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** Claims and completes `count` orders, `size` at a time, with eight workers. Resolves with orders per second. */
export async function claimAndSettle(uri: string, count: number, size: number): Promise<number> {
  const queue = await emptyQueue(uri);
  await queue.fill(count);
  const work = async () => {
    for (;;) {
      const claimed = await claim(queue, size);
      if (claimed.length === 0) return;
      await completeOrders(queue, [{ held: claimed, span: NO_SPAN }]);
    }
  };
  const rate = await perSecond(count, () => Promise.all(Array.from({ length: CONCURRENCY }, work)));
  await queue.drop();
  return rate;
}

/** Resolves with the orders per second of several pollers, each with two slots and a handler that takes 20 ms. */
export async function sharedWork(uri: string, pollers: number, count: number): Promise<number> {
  const queue = await emptyQueue(uri);
  await queue.fill(count);
  const done = countTo(count);
  const handle = () => delay(20).then(done.hit);
  const running: Poller[] = [];
  const rate = await perSecond(count, () => {
    while (running.length < pollers) running.push(queue.poller({ handle, concurrency: 2 }));
    return done.all;
  });
  await Promise.all(running.map((poller) => poller.stop()));
  await queue.drop();
  return rate;
}

/** Resolves with the median time of fifty claims, in milliseconds. */
export async function claimTime(queue: BenchQueue): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < 50; index++) {
    const startedAt = performance.now();
    const claimed = await claim(queue, 1);
    times.push(performance.now() - startedAt);
    await queue.orders.updateOne(
      { _id: claimed[0]?._id ?? '' },
      { $set: { status: 'pending', availableAt: claimed[0]!.lease.availableSince } },
    );
  }
  return median(times);
}

/** Measures the milliseconds from an insert to the start of its handler, at random moments of an idle poller's interval. */
export async function latencies(uri: string, wakeUp: boolean, count: number): Promise<number[]> {
  const queue = await emptyQueue(uri);
  let begun = Promise.withResolvers<number>();
  const poller = queue.poller({
    handle: async () => begun.resolve(performance.now()),
    ...(wakeUp && { wakeUp: uri }),
  });
  if (wakeUp) await until(async () => poller.stream?.isOpen(), Boolean);
  const found: number[] = [];
  for (let index = 0; index < count; index++) {
    await delay(Math.random() * POLL_INTERVAL_MS);
    begun = Promise.withResolvers<number>();
    const startedAt = performance.now();
    await queue.orders.insertOne(waitingOrder(`late-${index}`));
    found.push((await begun.promise) - startedAt);
  }
  await poller.stop();
  await queue.drop();
  return found;
}
