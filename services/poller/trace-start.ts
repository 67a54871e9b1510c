import { ROOT_CONTEXT, SpanKind, trace, type Attributes, type Context, type Span } from '@opentelemetry/api';
import { ATTR, ORDERS_COLLECTION, SPAN } from '@beyond-headers/contracts';
import {
  documentCarrier,
  extractContext,
  linkTo,
  startBatchFrom,
  startFrom,
} from '@beyond-headers/propagation';
import { recordSpan, type InSpanOptions } from '@beyond-headers/telemetry';
import { lastAttempt, previousAttempt } from './queue/history.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';

const PROCESS: Attributes = {
  [ATTR.messagingSystem]: 'mongodb',
  [ATTR.messagingDestination]: ORDERS_COLLECTION,
  [ATTR.messagingOperationName]: 'process',
  [ATTR.messagingOperationType]: 'process',
};

/** How the span of one attempt starts: from the context in the order, and from nothing else. */
export function startOfAttempt(order: ClaimedOrder, traceMaxAgeMs?: number): InSpanOptions {
  const carried = carriedBy(order);
  const { limit, ...start } = startFrom({
    shape: order.demo?.shape ?? 'parent',
    carried,
    attributes: { [ATTR.messagingMessageId]: order._id },
    previousAttempt: previousAttempt(order),
    previousAttemptAttributes: { [ATTR.attempt]: lastAttempt(order)?.attempt ?? 0 },
    ageMs: Number(order.lease.claimedAt) - Number(order.createdAt),
    maxAgeMs: traceMaxAgeMs,
  });
  const attributes = {
    ...PROCESS,
    [ATTR.messagingMessageId]: order._id,
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
  const attributes = { ...PROCESS, [ATTR.messagingBatchCount]: orders.length };
  return { kind: SpanKind.CONSUMER, attributes, ...start };
}

/** Time in the queue, as a bar beside the span that sent the order; under the consumer when nothing was carried. */
export function recordWait(order: ClaimedOrder, consumer: Span): void {
  const carried = carriedBy(order);
  const isElsewhere = trace.getSpanContext(carried)?.traceId !== consumer.spanContext().traceId;
  recordSpan(SPAN.waitOrders, {
    kind: SpanKind.INTERNAL,
    attributes: { [ATTR.orderId]: order._id, [ATTR.attempt]: order.attempts },
    context: isFound(carried) ? carried : trace.setSpan(ROOT_CONTEXT, consumer),
    // From a trace that ends in the queue, the way to the one that goes on.
    links: isFound(carried) && isElsewhere ? linkTo(consumer.spanContext()) : [],
    startTime: order.lease.availableSince,
    endTime: order.lease.claimedAt,
  });
}

const carriedBy = (order: ClaimedOrder): Context =>
  extractContext(order.context, documentCarrier, ROOT_CONTEXT);

const isFound = (carried: Context): boolean => trace.getSpanContext(carried) !== undefined;
