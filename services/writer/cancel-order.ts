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

/** No one works on it: it waits for its time, for an approval, or for its parts. */
const STOPPABLE: StoredStatus[] = [...storedStatuses('pending'), 'held', 'waiting'];

/** What stood still, does so no longer. */
const endOfPause = {
  $cond: [
    { $and: [{ $in: ['$status', ['held', 'waiting']] }, { $eq: [{ $type: '$pause' }, 'object'] }] },
    { $mergeObjects: ['$pause', { until: '$$NOW' }] },
    { $ifNull: ['$pause', '$$REMOVE'] },
  ],
};

/**
 * Stops an order for good, in one write that no claim can share with it: either the order is cancelled or it is worked on. Resolves
 * with the status that it has then; one that was cancelled before is left as it is.
 */
export async function cancelOrder(
  orders: Collection<OrderDocument>,
  id: string,
): Promise<OrderStatus | 'unknown'> {
  const order = await orders.findOne({ _id: id });
  if (!order) return 'unknown';
  if (!isStoppable(order)) return statusOf(order);
  const options = { kind: SpanKind.INTERNAL, attributes: { [ATTR.orderId]: id }, links: linksOf(order) };
  return inSpan(SPAN.cancelOrders, options, async (span) => {
    const { traceId } = span.spanContext();
    const changes = {
      status: 'cancelled',
      availableAt: '$$NOW',
      pause: endOfPause,
      traceIds: appendedOnce('traceIds', traceId),
    };
    const { matchedCount } = await orders.updateOne({ _id: id, status: { $in: STOPPABLE } }, [
      { $set: changes },
    ]);
    if (matchedCount === 1) return 'cancelled';
    const now = await orders.findOne({ _id: id });
    if (!now) return 'unknown';
    // Where it waits again by now, it was worked on when it was to be stopped.
    return isStoppable(now) ? 'processing' : statusOf(now);
  });
}

const isStoppable = ({ status }: OrderDocument): boolean => STOPPABLE.includes(status);

const statusOf = ({ status }: OrderDocument): OrderStatus => shownStatus(status);

/** From the end of an order to where it came from. */
function linksOf({ context, pause }: OrderDocument): Link[] {
  return [context, pause?.context].flatMap((carrier) =>
    linkTo(trace.getSpanContext(extractContext(carrier))),
  );
}
