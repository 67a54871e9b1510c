import { ATTR, SPAN } from '@beyond-headers/contracts';
import { inSpan, markFailed } from '@beyond-headers/telemetry';
import { appendedOnce } from './queue/expressions.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';
import { startOfAttempt } from './trace-start.ts';
import type { Worker } from './work.ts';

/** Shows in its trace that an order was given up by a claim, as every worker that tried it died: no attempt was left to say so. */
export async function reportGivenUp(
  order: ClaimedOrder,
  { queue, logger, traceMaxAgeMs }: Worker,
): Promise<void> {
  await inSpan(SPAN.processOrders, startOfAttempt(order, traceMaxAgeMs), async (span) => {
    span.setAttribute(ATTR.outcome, 'dead letter');
    markFailed(span, new Error(order.error));
    logger.error({ orderId: order._id, attempt: order.attempts, outcome: 'dead letter' }, 'order given up');
    await queue.orders.updateOne({ _id: order._id }, [
      { $set: { traceIds: appendedOnce('traceIds', span.spanContext().traceId) } },
    ]);
  });
}
