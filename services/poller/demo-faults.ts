import { setTimeout as delay } from 'node:timers/promises';
import type { ClaimedOrder } from './queue/order-queue.ts';

/** Does to an attempt what its order asks for in `demo`: takes its time, fails. Nothing without it. */
export async function actOutDemo({ attempts, demo }: ClaimedOrder, signal: AbortSignal): Promise<void> {
  const { handlerMs = 0, failTimes = 0 } = demo ?? {};
  if (handlerMs > 0) await delay(handlerMs, undefined, { signal });
  if (attempts <= failTimes)
    throw new Error(`attempt ${attempts} fails on purpose (demo.failTimes is ${failTimes})`);
}
