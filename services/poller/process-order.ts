import { ROOT_CONTEXT, SpanKind, trace, type Context, type Span } from '@opentelemetry/api';
import { ATTR, ORDERS_COLLECTION, SPAN } from '@beyond-headers/contracts';
import { documentCarrier, extractContext, startFrom } from '@beyond-headers/propagation';
import type { Logger } from '@beyond-headers/service-kit';
import { inSpan, markFailed, recordSpan } from '@beyond-headers/telemetry';
import type { ClaimedOrder, OrderQueue } from './order-queue.ts';

/** The business of the poller; may run more than once for an order, so it must be idempotent by its id. */
export type Handler = (order: ClaimedOrder) => Promise<void>;

export interface ProcessOptions {
  queue: OrderQueue;
  handle: Handler;
  logger: Logger;
}

/**
 * One attempt at one order, as a CONSUMER span that starts from the context in the document and from nothing else.
 * Never rejects for a failed handler: the failure is written to the order.
 */
export async function processOrder(order: ClaimedOrder, options: ProcessOptions): Promise<void> {
  const carried = extractContext(order.context, documentCarrier, ROOT_CONTEXT);
  const contextFound = trace.getSpanContext(carried) !== undefined;
  const attributes = messageAttributes(order);
  const start = startFrom({
    shape: order.demo?.shape ?? 'parent',
    carried,
    attributes: { [ATTR.messagingMessageId]: order._id },
  });
  await inSpan(
    SPAN.processOrders,
    {
      kind: SpanKind.CONSUMER,
      attributes: { ...attributes, [ATTR.attempt]: order.attempts, [ATTR.contextFound]: contextFound },
      ...start,
    },
    async (span) => {
      recordWait(order, contextFound ? carried : trace.setSpan(ROOT_CONTEXT, span));
      await attempt(order, span, options);
    },
  );
}

/** Time in the queue, as a bar under the span that sent the order; under the consumer when nothing was carried. */
function recordWait(order: ClaimedOrder, context: Context): void {
  recordSpan(SPAN.waitOrders, {
    kind: SpanKind.INTERNAL,
    attributes: { [ATTR.orderId]: order._id },
    context,
    startTime: order.createdAt,
    endTime: order.claimedAt,
  });
}

async function attempt(
  order: ClaimedOrder,
  span: Span,
  { queue, handle, logger }: ProcessOptions,
): Promise<void> {
  const { traceId } = span.spanContext();
  try {
    await handle(order);
  } catch (error) {
    markFailed(span, error);
    const outcome = await queue.fail(
      order,
      error instanceof Error ? error : new Error(String(error)),
      traceId,
    );
    logger.warn({ err: error, orderId: order._id, attempt: order.attempts, outcome }, 'order failed');
    return;
  }
  const done = await queue.complete(order, traceId);
  if (done) logger.info({ orderId: order._id, attempt: order.attempts }, 'order fulfilled');
  else
    logger.warn(
      { orderId: order._id, attempt: order.attempts },
      'late: the lease was lost, the order has another owner',
    );
}

function messageAttributes(order: ClaimedOrder) {
  return {
    [ATTR.messagingSystem]: 'mongodb',
    [ATTR.messagingDestination]: ORDERS_COLLECTION,
    [ATTR.messagingOperationName]: 'process',
    [ATTR.messagingOperationType]: 'process',
    [ATTR.messagingMessageId]: order._id,
    [ATTR.orderId]: order._id,
  };
}
