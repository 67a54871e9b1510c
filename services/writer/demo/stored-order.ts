import type { OrderDocument } from '@beyond-headers/contracts';
import type { Collection } from 'mongodb';
import { ASKED_FIELDS } from '../order-request.ts';

/** Lists the fields to show, not those to hide: a caller that knows a lease's token could settle the order. */
const SHOWN = ['_id', ...ASKED_FIELDS, 'status', 'createdAt', 'traceIds', 'context', 'pause', 'part'];

/** Returns the document as it is stored, with only those internal fields that callers may see. */
export async function findStoredOrder(
  orders: Collection<OrderDocument>,
  id: string,
): Promise<Partial<OrderDocument> | null> {
  return orders.findOne({ _id: id }, { projection: Object.fromEntries(SHOWN.map((field) => [field, 1])) });
}
