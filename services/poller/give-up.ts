import { ATTR, SPAN } from '@beyond-headers/contracts';
import { inSpan, markFailed } from '@beyond-headers/telemetry';
import type { ClaimedOrder } from './queue/order-queue.ts';
import { giveUpOrder } from './queue/settle.ts';
import { untilAnswered } from './queue/until-answered.ts';
import { startOfAttempt } from './trace-start.ts';
import type { Worker } from './work.ts';

/**
 * Gives an order up whose workers all died, and shows it in its trace: no attempt was left to say so. Should this worker die
 * too, the next claim after its lease finds the order the same.
 */
export async function giveUp(order: ClaimedOrder, worker: Worker): Promise<void> {
  const { queue, logger, release } = worker;
  await inSpan(SPAN.processOrders, startOfAttempt(order, worker), async (span) => {
    const { traceId } = span.spanContext();
    const reason = `no attempt of ${queue.maxAttempts} came to an end`;
    await untilAnswered(() => giveUpOrder(queue, order, reason, traceId), release);
    span.setAttribute(ATTR.outcome, 'dead letter');
    markFailed(span, new Error(reason));
    logger.error({ orderId: order._id, attempt: order.attempts, outcome: 'dead letter' }, 'order given up');
  });
}
