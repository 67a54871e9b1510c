import { countOfParts, type OrderDocument } from '@beyond-headers/contracts';
import type { Collection, Document } from 'mongodb';
import { Unfulfillable, type Handler } from '../handler.ts';
import type { ClaimedOrder } from '../queue/order-queue.ts';
import { LOOK_AGAIN_MS } from './join-sweep.ts';
import { splitOrder } from './split-order.ts';

/**
 * Wraps a handler for orders with parts. Such an order is split and parked, and processed when the last of its parts has ended. If a
 * part failed, the order becomes a dead letter instead.
 */
export const awaitParts =
  (handle: Handler, orders: Collection<OrderDocument>): Handler =>
  async (order, work) => {
    if (countOfParts(order) === 0) return handle(order, work);
    if (!isJoined(order)) {
      await work.once('parts', () => splitOrder(orders, order, work.signal));
      return { outcome: 'waiting', changes: { availableAt: lookAgain } };
    }
    assertNoneFailed(order);
    return handle(order, work);
  };

/** While an order waits, `availableAt` is the time of its next check, in case the end of its parts went unnoticed. */
const lookAgain: Document = { $add: ['$$NOW', LOOK_AGAIN_MS] };

const isJoined = ({ pause }: ClaimedOrder): boolean => pause?.reason === 'parts' && pause.until !== undefined;

function assertNoneFailed(order: ClaimedOrder): void {
  const failed = order.pause?.failedParts ?? [];
  if (failed.length === 0) return;
  throw new Unfulfillable(
    `${failed.length} of ${countOfParts(order)} parts were not fulfilled: ${failed.join(', ')}. Requeue those that failed, and then this order.`,
  );
}
