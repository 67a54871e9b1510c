import type { OrderDocument } from '@beyond-headers/contracts';
import type { Collection } from 'mongodb';
import { REQUEST_FIELDS, storedAs } from '../order-request.ts';

/** Lists the fields to show, not those to hide: a caller that knows a lease's token could settle the order. */
const SHOWN = Object.fromEntries(
  ['_id', ...REQUEST_FIELDS.map(storedAs), 'status', 'createdAt', 'traceIds', 'context', 'pause', 'part'].map(
    (field) => [field, 1],
  ),
);

/** Returns the document as it is stored, with only those internal fields that callers may see. */
export async function findStoredOrder(
  orders: Collection<OrderDocument>,
  id: string,
): Promise<Partial<OrderDocument> | null> {
  return orders.findOne({ _id: id }, { projection: SHOWN });
}
