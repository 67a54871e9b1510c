import { SpanStatusCode, type Span } from '@opentelemetry/api';
import { ATTR, SPAN } from '@beyond-headers/contracts';
import { inSpan, markFailed } from '@beyond-headers/telemetry';
import { recordProcessed, recordRefused } from './metrics.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';
import type { Settlement } from './queue/settle.ts';
import { Released, runHandlers } from './run-handler.ts';
import { settleOrders, toError } from './settle-orders.ts';
import { noteDependency } from './note-dependency.ts';
import { recordWait, startOfAttempt, startOfBatch } from './trace-start.ts';
import type { Worker } from './work.ts';

/**
 * One attempt at one order, as a CONSUMER span. Calls `handled` when its handler has ended and its outcome is still to be written.
 * Rejects only when that could not be done: the lease then ends it.
 */
export async function processOrder(order: ClaimedOrder, worker: Worker, handled = () => {}): Promise<void> {
  const start = startOfAttempt(order, worker);
  const completeWait = recordWait(order, start);
  await inSpan(SPAN.processOrders, start, async (span) => {
    completeWait(span);
    const [settlement] = await processHeld([order], span, worker, handled);
    if (settlement) describe(span, settlement);
  });
}

/** One attempt at each order of a batch, in one CONSUMER span: orders fail on their own, those that succeed are settled together. */
export async function processBatch(
  orders: readonly ClaimedOrder[],
  worker: Worker,
  handled = () => {},
): Promise<void> {
  const start = startOfBatch(orders);
  const waits = orders.map((order) => recordWait(order, start));
  await inSpan(SPAN.processOrders, start, async (span) => {
    for (const completeWait of waits) completeWait(span);
    await processHeld(orders, span, worker, handled);
  });
}

async function processHeld(
  held: readonly ClaimedOrder[],
  span: Span,
  worker: Worker,
  handled: () => void,
): Promise<Settlement[]> {
  const startedAt = performance.now();
  const { results, endLease } = await runHandlers(held, span, worker);
  handled();
  noteDependency(held, results, worker);
  try {
    markFailures(span, results);
    const settlements = await settleOrders(held, results, span, worker);
    held.forEach((order, index) => report(order, settlements[index], results[index], worker));
    for (const { outcome } of settlements) recordProcessed(performance.now() - startedAt, outcome);
    return settlements;
  } finally {
    endLease();
  }
}

function markFailures(span: Span, results: readonly PromiseSettledResult<void>[]): void {
  for (const result of results) {
    if (result.status === 'rejected' && !(result.reason instanceof Released)) markFailed(span, result.reason);
  }
}

function describe(span: Span, settlement: Settlement): void {
  span.setAttribute(ATTR.outcome, settlement.outcome);
  if ('retryAt' in settlement) span.setAttribute(ATTR.retryAt, settlement.retryAt.toISOString());
  if (settlement.outcome === 'lease lost') {
    span.setStatus({
      code: SpanStatusCode.ERROR,
      message: 'late: the lease was lost, the order has another owner',
    });
  }
}

function report(
  order: ClaimedOrder,
  settlement: Settlement | undefined,
  result: PromiseSettledResult<void> | undefined,
  { logger }: Worker,
): void {
  const outcome = settlement?.outcome;
  const facts = { orderId: order._id, attempt: order.attempts, outcome };
  if (outcome === 'lease lost') recordRefused();
  if (outcome === 'fulfilled') logger.info(facts, 'order fulfilled');
  else if (result?.status === 'rejected')
    logger.warn({ ...facts, err: toError(result.reason) }, 'order not fulfilled');
  else logger.warn(facts, 'late: the lease was lost, the order has another owner');
}
