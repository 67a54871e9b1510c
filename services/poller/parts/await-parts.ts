import { countOfParts, type OrderDocument } from '@beyond-headers/contracts';
import type { Collection, Document } from 'mongodb';
import { Unfulfillable, type Handler } from '../handler.ts';
import type { ClaimedOrder } from '../queue/order-queue.ts';
import { LOOK_AGAIN_MS } from './join-sweep.ts';
import { splitOrder } from './split-order.ts';

/**
 * The handler, for orders with parts: such an order is split and parked, and worked on when the last of its parts has ended. One with a
 * part that failed is not worked on, and becomes a dead letter.
 */
export function awaitParts(handle: Handler, orders: Collection<OrderDocument>): Handler {
  const whole: Handler = async (order, work) => {
    if (countOfParts(order) === 0) return handle(order, work);
    if (!isJoined(order)) {
      await work.once('parts', () => splitOrder(orders, order, work.signal));
      return { outcome: 'waiting', changes: { availableAt: lookAgain } };
    }
    assertNoneFailed(order);
    return handle(order, work);
  };
  // What the handler says of itself holds.
  return Object.assign(whole, handle);
}

/** While an order waits, this is when a poller looks after it that has heard nothing of its parts. */
const lookAgain: Document = { $add: ['$$NOW', LOOK_AGAIN_MS] };

const isJoined = ({ pause }: ClaimedOrder): boolean => pause?.reason === 'parts' && pause.until !== undefined;

function assertNoneFailed(order: ClaimedOrder): void {
  const failed = order.pause?.failedParts ?? [];
  if (failed.length === 0) return;
  throw new Unfulfillable(
    `${failed.length} of ${countOfParts(order)} parts were not fulfilled: ${failed.join(', ')}. Requeue them, and then this order.`,
  );
}
