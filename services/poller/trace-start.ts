import { ROOT_CONTEXT, SpanKind, trace, type Context, type Span, type SpanOptions } from '@opentelemetry/api';
import { ATTR, messagingLink, messagingSpan, SPAN } from '@beyond-headers/contracts';
import {
  documentCarrier,
  extractContext,
  linkTo,
  startBatchFrom,
  startFrom,
  type TraceShape,
} from '@beyond-headers/propagation';
import { recordSpan, type InSpanOptions } from '@beyond-headers/telemetry';
import { lastAttempt, previousAttempt } from './queue/history.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';

/** How the traces of orders go on. */
export interface TraceOptions {
  /** From which age on an order gets a trace of its own that links to the one it came from, in milliseconds; unset: never. */
  traceMaxAgeMs?: number | undefined;
  /** How an attempt hangs on the context in its order; `parent` when absent. */
  shapeOf?: ((order: ClaimedOrder) => TraceShape) | undefined;
}

/** How the span of one attempt starts: from the context in the order, and from nothing else. */
export function startOfAttempt(
  order: ClaimedOrder,
  { traceMaxAgeMs, shapeOf = () => 'parent' }: TraceOptions = {},
): InSpanOptions {
  const carried = carriedBy(order);
  const { limit, ...start } = startFrom({
    shape: shapeOf(order),
    carried,
    attributes: messagingLink(order._id),
    previousAttempt: previousAttempt(order),
    previousAttemptAttributes: { [ATTR.attempt]: lastAttempt(order)?.attempt ?? 0 },
    ageMs: Number(order.lease.claimedAt) - Number(order.createdAt),
    maxAgeMs: traceMaxAgeMs,
  });
  const attributes = {
    ...messagingSpan('process', [order._id]),
    [ATTR.orderId]: order._id,
    [ATTR.attempt]: order.attempts,
    [ATTR.contextFound]: isFound(carried),
    ...(limit && { [ATTR.traceLimit]: limit }),
  };
  return { kind: SpanKind.CONSUMER, attributes, ...start };
}

/** How the span of a batch starts: as a trace of its own with one link for each order, since no order's trace is the one. */
export function startOfBatch(orders: readonly ClaimedOrder[]): InSpanOptions {
  const start = startBatchFrom(
    orders.map((order) => ({
      carried: carriedBy(order),
      messageId: order._id,
      attributes: { [ATTR.attempt]: order.attempts },
    })),
  );
  const attributes = messagingSpan(
    'process',
    orders.map(({ _id }) => _id),
  );
  return { kind: SpanKind.CONSUMER, attributes, ...start };
}

/**
 * Time in the queue, as a bar beside the span that sent the order; under the consumer when nothing was carried. To be called
 * before the consumer starts, so that a worker which is killed between the two leaves no attempt without its wait.
 * @param consumer how that is to start
 * @returns adds to the bar what only the consumer that has started can tell
 */
export function recordWait(order: ClaimedOrder, { root }: InSpanOptions): (consumer: Span) => void {
  const carried = carriedBy(order);
  const wait = describeWait(order);
  const endTime = order.lease.claimedAt;
  if (!isFound(carried)) {
    return (consumer) =>
      void recordSpan(SPAN.waitOrders, { ...wait, endTime, context: trace.setSpan(ROOT_CONTEXT, consumer) });
  }
  if (!root) {
    recordSpan(SPAN.waitOrders, { ...wait, endTime, context: carried });
    return () => {};
  }
  // From a trace that ends in the queue, the way to the one that goes on.
  const span = trace.getTracer('beyond-headers').startSpan(SPAN.waitOrders, wait, carried);
  return (consumer) => span.addLinks(linkTo(consumer.spanContext())).end(endTime);
}

const describeWait = (order: ClaimedOrder): SpanOptions => ({
  kind: SpanKind.INTERNAL,
  attributes: { [ATTR.orderId]: order._id, [ATTR.attempt]: order.attempts },
  startTime: order.lease.availableSince,
});

const carriedBy = (order: ClaimedOrder): Context =>
  extractContext(order.context, documentCarrier, ROOT_CONTEXT);

const isFound = (carried: Context): boolean => trace.getSpanContext(carried) !== undefined;
