import type { OrderDocument, Part } from '@beyond-headers/contracts';
import type { DocumentContext } from '@beyond-headers/propagation';
import type { Document } from 'mongodb';
import { byOrder } from '../queue/expressions.ts';
import type { ClaimedOrder } from '../queue/order-queue.ts';

/** Returns how a part belongs to its order; undefined if the order isn't a part, or its field `part` is malformed. */
export function partOf({ part }: Pick<OrderDocument, 'part'>): Part | undefined {
  const isPart = typeof part?.of === 'string' && Number.isInteger(part.count);
  return isPart ? part : undefined;
}

/** Returns the changes that record the end of parts: the time, and the span of each part's last attempt. Changes no other orders. */
export function endOfParts(
  orders: readonly ClaimedOrder[],
  lastSpans: ReadonlyArray<DocumentContext | undefined>,
): Document {
  if (!orders.some(partOf)) return {};
  const end = { endedAt: '$$NOW', lastSpan: { $ifNull: [byOrder(orders, lastSpans), '$$REMOVE'] } };
  const isPart = { $eq: [{ $type: '$part' }, 'object'] };
  // The same write may include orders that aren't parts.
  return { part: { $cond: [isPart, { $mergeObjects: ['$part', end] }, { $ifNull: ['$part', '$$REMOVE'] }] } };
}
