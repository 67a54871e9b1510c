import { withoutSwitches, type OrderDocument, type PlaceOrder } from '@beyond-headers/contracts';
import type { Collection } from 'mongodb';
import { ensureIdempotencyIndex, isDuplicate, otherRequest } from './idempotency.ts';
import { recordSent } from './metrics.ts';
import type { NewOrder } from './new-order.ts';
import { isSameRequest } from './order-request.ts';
import { sendOrder, type PlaceOptions } from './send-order.ts';

/**
 * Writes an order, which is also the message: the context of the PRODUCER span goes into the document's `context`
 * field, in the same write as the business data.
 *
 * With an idempotency key that an earlier request used, nothing is written and that request's order is given back.
 * Throws a 422 when the two requests differ.
 */
export async function placeOrder(
  orders: Collection<OrderDocument>,
  body: PlaceOrder,
  { idempotencyKey, finish = withoutSwitches }: PlaceOptions = {},
): Promise<NewOrder> {
  if (idempotencyKey !== undefined) await ensureIdempotencyIndex(orders);
  return sendOrder(body, { idempotencyKey, finish }, async (order) => {
    try {
      await insertWithServerTime(orders, order);
      recordSent(1);
      return order;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const earlier = await orders.findOne({ idempotencyKey: order.idempotencyKey ?? '' });
      if (!earlier || !isSameRequest(earlier, order)) throw otherRequest('another order');
      return earlier;
    }
  });
}

/**
 * An insert cannot ask for the server's time, an update can: an upsert of a new id is an insert with `$$NOW`
 * (docs/decisions/server-time.md). Should the driver send it twice, what is there already wins.
 */
async function insertWithServerTime(orders: Collection<OrderDocument>, order: NewOrder): Promise<void> {
  const { _id, ...fields } = order;
  const { startsAt } = order;
  // A time that has passed is now, by the server's clock.
  const availableAt = startsAt ? { $max: ['$$NOW', startsAt] } : '$$NOW';
  const dates = { createdAt: '$$NOW', availableAt };
  // Literal: text of the caller that starts with `$` must stay text.
  const document = { $mergeObjects: [{ $literal: fields }, dates, '$$ROOT'] };
  await orders.updateOne({ _id }, [{ $replaceWith: document }], { upsert: true });
}
