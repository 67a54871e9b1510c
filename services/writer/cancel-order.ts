import {
  appendedOnce,
  ATTR,
  shownStatus,
  SPAN,
  storedStatuses,
  type OrderDocument,
  type OrderStatus,
  type StoredStatus,
} from '@beyond-headers/contracts';
import { extractContext, linkTo } from '@beyond-headers/propagation';
import { inSpan } from '@beyond-headers/telemetry';
import { SpanKind, trace, type Link } from '@opentelemetry/api';
import type { Collection } from 'mongodb';

/** The statuses of orders that aren't being processed: they wait for a poller, for an approval, or for their parts. */
const STOPPABLE: StoredStatus[] = [...storedStatuses('pending'), 'held', 'waiting'];

/** Ends the pause of an order that waits for an approval or for its parts. */
const endOfPause = {
  $cond: [
    { $and: [{ $in: ['$status', ['held', 'waiting']] }, { $eq: [{ $type: '$pause' }, 'object'] }] },
    { $mergeObjects: ['$pause', { until: '$$NOW' }] },
    { $ifNull: ['$pause', '$$REMOVE'] },
  ],
};

/**
 * Stops an order for good in one write, so that either this call cancels the order or a poller claims it, but never both. Resolves with
 * the order's status after that. An order that was already cancelled doesn't change.
 */
export async function cancelOrder(
  orders: Collection<OrderDocument>,
  id: string,
): Promise<OrderStatus | 'unknown'> {
  const order = await orders.findOne({ _id: id });
  if (!order) return 'unknown';
  if (!isStoppable(order)) return shownStatus(order.status);
  const options = { kind: SpanKind.INTERNAL, attributes: { [ATTR.orderId]: id }, links: linksOf(order) };
  return inSpan(SPAN.cancelOrders, options, async (span) => {
    const changes = {
      status: 'cancelled',
      availableAt: '$$NOW',
      pause: endOfPause,
      traceIds: appendedOnce('traceIds', span.spanContext().traceId),
    };
    const { matchedCount } = await orders.updateOne({ _id: id, status: { $in: STOPPABLE } }, [
      { $set: changes },
    ]);
    if (matchedCount === 1) return 'cancelled';
    const now = await orders.findOne({ _id: id });
    if (!now) return 'unknown';
    // If it waits again, it was being processed at the time of the write.
    return isStoppable(now) ? 'processing' : shownStatus(now.status);
  });
}

const isStoppable = ({ status }: OrderDocument): boolean => STOPPABLE.includes(status);

/** Returns links to the spans that the order carries: of its creation, and of its last segment. */
function linksOf({ context, pause }: OrderDocument): Link[] {
  return [context, pause?.context].flatMap((carrier) =>
    linkTo(trace.getSpanContext(extractContext(carrier))),
  );
}
