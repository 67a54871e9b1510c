import type { OrderDocument, PlaceOrder } from '@beyond-headers/contracts';
import { isDuplicateKey } from '@beyond-headers/service-kit/mongo';
import type { Collection } from 'mongodb';
import { ensureIdempotencyIndex, otherRequest } from './idempotency.ts';
import { recordSent } from './metrics.ts';
import { isSameRequest } from './order-request.ts';
import { sendOrder, type NewOrder, type PlaceOptions } from './send-order.ts';

/**
 * Writes an order, which is also the message: the context of the PRODUCER span goes into the document's `context`
 * field, in the same write as the business data.
 *
 * If an earlier request used the idempotency key, writes nothing, and returns the order of that request.
 * Throws a 422 if the two requests differ.
 */
export async function placeOrder(
  orders: Collection<OrderDocument>,
  body: PlaceOrder,
  options: PlaceOptions = {},
): Promise<NewOrder> {
  if (options.idempotencyKey !== undefined) await ensureIdempotencyIndex(orders);
  return sendOrder(body, options, async (order) => {
    try {
      await insertWithServerTime(orders, order);
      recordSent(1);
      return order;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const earlier = await orders.findOne({ idempotencyKey: order.idempotencyKey ?? '' });
      if (!earlier || !isSameRequest(earlier, order)) throw otherRequest('another order');
      return earlier;
    }
  });
}

/**
 * An insert can't use the server's time, but an update can: an upsert of a new id is an insert with `$$NOW`
 * (docs/decisions/server-time.md). If the driver sends it twice, the existing document wins.
 */
async function insertWithServerTime(orders: Collection<OrderDocument>, order: NewOrder): Promise<void> {
  const { _id, ...fields } = order;
  const { startsAt } = order;
  // By the server's clock, a time that has passed becomes the current time.
  const availableAt = startsAt ? { $max: ['$$NOW', startsAt] } : '$$NOW';
  const dates = { createdAt: '$$NOW', availableAt };
  // `$literal`, because a caller's text that starts with `$` must stay text.
  const document = { $mergeObjects: [{ $literal: fields }, dates, '$$ROOT'] };
  await orders.updateOne({ _id }, [{ $replaceWith: document }], { upsert: true });
}
