import type { OrderDocument } from '@beyond-headers/contracts';
import type { Collection } from 'mongodb';
import { REQUEST_FIELDS, storedAs } from '../order-request.ts';

/** A lease's token lets its holder settle, so what is shown is named, not what is hidden. */
const SHOWN = Object.fromEntries(
  ['_id', ...REQUEST_FIELDS.map(storedAs), 'status', 'createdAt', 'traceIds', 'context', 'pause', 'part'].map(
    (field) => [field, 1],
  ),
);

/** The document as it is stored, of its bookkeeping only what anyone may know. */
export async function findStoredOrder(
  orders: Collection<OrderDocument>,
  id: string,
): Promise<Partial<OrderDocument> | null> {
  return orders.findOne({ _id: id }, { projection: SHOWN });
}
