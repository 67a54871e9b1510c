import type { ClaimedOrder } from '../queue/order-queue.ts';
import type { Settlement } from '../queue/settle.ts';
import type { Worker } from '../worker.ts';
import { joinParts } from './join-parts.ts';
import { partOf } from './part-of.ts';

/**
 * Resumes orders after attempts that ended parts, or that parked an order whose parts may have ended earlier: whichever is written last
 * resumes the order. Never rejects: `sweepJoins` retries what fails here.
 */
export async function joinEnded(
  held: readonly ClaimedOrder[],
  settlements: readonly Settlement[],
  { queue, finishJoin, logger }: Worker,
): Promise<void> {
  const waiting = held.flatMap((order, index) => waitingFor(order, settlements[index]!) ?? []);
  for (const id of new Set(waiting)) {
    await joinParts(queue.orders, id, finishJoin).catch((err: unknown) =>
      logger.debug({ err, orderId: id }, 'failed to check whether the parts of an order have ended'),
    );
  }
}

/** Returns the id of the order that may resume. */
function waitingFor(order: ClaimedOrder, { outcome }: Settlement): string | undefined {
  if (outcome === 'waiting') return order._id;
  return outcome === 'fulfilled' || outcome === 'dead letter' ? partOf(order)?.of : undefined;
}
