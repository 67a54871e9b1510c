import { setTimeout as delay } from 'node:timers/promises';
import type { Handler } from '../handler.ts';
import type { ClaimedOrder } from '../queue/order-queue.ts';

/** Wraps a handler so that an order's `demo` switches can delay the attempt or make it fail. */
export const withFaults =
  (handle: Handler): Handler =>
  async (order, work) => {
    await actOut(order, work.signal);
    return handle(order, work);
  };

async function actOut({ attempts, demo }: ClaimedOrder, signal: AbortSignal): Promise<void> {
  const { handlerMs = 0, failTimes = 0 } = demo ?? {};
  if (handlerMs > 0) await delay(handlerMs, undefined, { signal });
  if (attempts <= failTimes)
    throw new Error(`attempt ${attempts} fails on purpose (demo.failTimes is ${failTimes})`);
}
