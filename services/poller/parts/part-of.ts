import type { OrderDocument, Part } from '@beyond-headers/contracts';
import type { DocumentContext } from '@beyond-headers/propagation';
import type { Document } from 'mongodb';
import { byOrder } from '../queue/expressions.ts';
import type { ClaimedOrder } from '../queue/order-queue.ts';

/** What a part says of the order that it is a part of; undefined of another order, or of a document that holds something else there. */
export function partOf({ part }: Pick<OrderDocument, 'part'>): Part | undefined {
  const isPart = typeof part?.of === 'string' && Number.isInteger(part.count);
  return isPart ? part : undefined;
}

/** What is written into parts together with how they ended: the span of the last attempt at each. Nothing for other orders. */
export function endOfParts(
  orders: readonly ClaimedOrder[],
  lastSpans: ReadonlyArray<DocumentContext | undefined>,
): Document {
  if (!orders.some(partOf)) return {};
  const end = { endedAt: '$$NOW', lastSpan: { $ifNull: [byOrder(orders, lastSpans), '$$REMOVE'] } };
  const isPart = { $eq: [{ $type: '$part' }, 'object'] };
  // In one write there may be other orders.
  return { part: { $cond: [isPart, { $mergeObjects: ['$part', end] }, { $ifNull: ['$part', '$$REMOVE'] }] } };
}
