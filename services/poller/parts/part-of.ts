import type { OrderDocument, Part } from '@beyond-headers/contracts';
import type { Span } from '@opentelemetry/api';
import type { Document } from 'mongodb';
import { spanOfEach } from '../queue/history.ts';
import type { ClaimedOrder } from '../queue/order-queue.ts';

/** Returns how a part belongs to its order; undefined if the order isn't a part, or its field `part` is malformed. */
export function partOf({ part }: Pick<OrderDocument, 'part'>): Part | undefined {
  const isPart = typeof part?.of === 'string' && Number.isInteger(part.count);
  return isPart ? part : undefined;
}

/** Returns the changes that record the end of parts: the time, and the span of each part's last attempt. Changes no other orders. */
export function endOfParts(orders: readonly ClaimedOrder[], lastSpans: readonly Span[]): Document {
  if (!orders.some(partOf)) return {};
  const end = { endedAt: '$$NOW', lastSpan: spanOfEach(orders, lastSpans) };
  const isPart = { $eq: [{ $type: '$part' }, 'object'] };
  // The same write may include orders that aren't parts.
  return { part: { $cond: [isPart, { $mergeObjects: ['$part', end] }, { $ifNull: ['$part', '$$REMOVE'] }] } };
}
