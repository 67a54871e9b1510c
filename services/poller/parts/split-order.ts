import { context, SpanKind } from '@opentelemetry/api';
import {
  ATTR,
  countOfParts,
  inheritedByParts,
  messagingSpan,
  ofSteps,
  partIds,
  SPAN,
  type OrderDocument,
} from '@beyond-headers/contracts';
import { captureContext } from '@beyond-headers/propagation';
import { inSpan, traceIdOf } from '@beyond-headers/telemetry';
import type { AnyBulkWriteOperation, Collection } from 'mongodb';
import type { ClaimedOrder } from '../queue/order-queue.ts';
import { untilAnswered } from '../queue/until-answered.ts';

type NewPart = Omit<OrderDocument, 'createdAt' | 'availableAt'>;

/**
 * Writes the parts of an order, each with the context of the PRODUCER span in its document. A second call writes only missing
 * parts. An existing part keeps the context with which it was first written.
 * @param signal ends the retries while the database is unavailable
 */
export async function splitOrder(
  orders: Collection<OrderDocument>,
  order: ClaimedOrder,
  signal: AbortSignal,
): Promise<void> {
  const attributes = { ...messagingSpan('split', partIds(order)), [ATTR.orderId]: order._id };
  await inSpan(SPAN.splitOrders, { kind: SpanKind.PRODUCER, attributes }, async (span) => {
    const writes = partsOf(order, traceIdOf(span)).map(toInsertOnce);
    await untilAnswered(() => orders.bulkWrite(writes, { ordered: false }), signal);
  });
}

function partsOf(order: ClaimedOrder, traceId: string | undefined): NewPart[] {
  const { _id, items } = order;
  const count = countOfParts(order);
  const carried = captureContext(context.active());
  return partIds(order).map((id, index) => ({
    _id: id,
    part: { of: _id, index, count },
    ...inheritedByParts(order),
    items: items.filter((_, item) => item % count === index),
    report: false,
    status: ofSteps('pending'),
    attempts: 0,
    traceIds: traceId === undefined ? [] : [traceId],
    ...(carried && { context: carried }),
  }));
}

/** Inserts with an upsert, as the writer does: it can use the server's time, and an existing document wins. */
function toInsertOnce({ _id, ...fields }: NewPart): AnyBulkWriteOperation<OrderDocument> {
  const dates = { createdAt: '$$NOW', availableAt: '$$NOW' };
  // `$literal`, because a caller's text that starts with `$` must stay text.
  const inserted = { $mergeObjects: [{ $literal: fields }, dates, '$$ROOT'] };
  const isNew = { $eq: [{ $type: '$status' }, 'missing'] };
  return {
    updateOne: {
      filter: { _id },
      update: [{ $replaceWith: { $cond: [isNew, inserted, '$$ROOT'] } }],
      upsert: true,
    },
  };
}
