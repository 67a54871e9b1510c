import { setTimeout as delay } from 'node:timers/promises';
import type { OrderDocument } from '@beyond-headers/contracts';
import type { Logger } from '@beyond-headers/service-kit';
import type { Collection, Filter } from 'mongodb';
import { joinParts, type FinishJoin } from './join-parts.ts';

/** The time between two checks of a waiting order, in case the poller that ended its last part died before it resumed the order. */
export const LOOK_AGAIN_MS = 2_000;

/** The maximum per sweep; the next sweep checks the others. */
const MAX_ORDERS = 100;

const due: Filter<OrderDocument> = { status: 'waiting', $expr: { $lte: ['$availableAt', '$$NOW'] } };

/**
 * Resumes orders whose parts have ended, until the signal aborts. Usually, the poller that ends the last part resumes the order. The
 * sweep is needed if that poller was killed, or if something else ended a part. Never rejects.
 */
export async function sweepJoins(
  orders: Collection<OrderDocument>,
  finish: FinishJoin | undefined,
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await delay(LOOK_AGAIN_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    await sweep(orders, finish).catch((err: unknown) =>
      logger.debug({ err }, 'failed to look for orders whose parts have ended; trying again'),
    );
  }
}

async function sweep(orders: Collection<OrderDocument>, finish: FinishJoin | undefined): Promise<void> {
  const waiting = await orders
    .find(due, { projection: { availableAt: 1 } })
    .sort({ availableAt: 1 })
    .limit(MAX_ORDERS)
    .toArray();
  for (const { _id, availableAt } of waiting) {
    if (await joinParts(orders, _id, finish)) continue;
    // Move it behind the other waiting orders.
    const later = { $add: ['$$NOW', LOOK_AGAIN_MS] };
    await orders.updateOne({ _id, status: 'waiting', availableAt }, [{ $set: { availableAt: later } }]);
  }
}
