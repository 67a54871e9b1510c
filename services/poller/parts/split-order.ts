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
 * Writes the parts of an order, each with the context of the PRODUCER span in its document. A second call writes those that are
 * not there. A part that is there stays as it is, with the context that it was written with first.
 * @param signal ends the tries to write while the database is away
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

/** As the writer inserts: an upsert has the server's time, and what is there already wins. */
function toInsertOnce({ _id, ...fields }: NewPart): AnyBulkWriteOperation<OrderDocument> {
  const dates = { createdAt: '$$NOW', availableAt: '$$NOW' };
  // Literal: text of the caller that starts with `$` must stay text.
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
