import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type Span } from '@opentelemetry/api';
import { ATTR, SPAN } from '@beyond-headers/contracts';
import { linkTo } from '@beyond-headers/propagation';
import { inSpan, markFailed, recordSpan, type InSpanOptions } from '@beyond-headers/telemetry';
import { recordProcessed, recordRefused } from './metrics.ts';
import { joinEnded } from './parts/join-ended.ts';
import { idsOf, type ClaimedOrder } from './queue/order-queue.ts';
import { carriedBy, isRun } from './queue/segment.ts';
import { giveUpOrder, type Settlement } from './queue/settle.ts';
import { untilAnswered } from './queue/until-answered.ts';
import {
  afterFailure,
  noteDependency,
  Released,
  runHandlers,
  whileHeld,
  type Handled,
} from './run-handler.ts';
import { startOfAttempt, startOfBatch } from './start-of-attempt.ts';
import type { Worker } from './worker.ts';

const LATE = 'late: the lease was lost, the order has another owner';

/**
 * Makes one attempt at an order, or at each order of a batch, in one CONSUMER span. Orders fail separately, and those that succeed are
 * settled together. Calls `handled` after the handlers have ended, and before the outcomes are written. Rejects only if the outcomes
 * can't be written: the end of the lease then ends the attempt.
 */
export async function attempt(
  held: readonly ClaimedOrder[],
  worker: Worker,
  handled = () => {},
): Promise<void> {
  const isBatch = worker.batchSize > 1;
  const start = isBatch ? startOfBatch(held) : startOfAttempt(held[0]!, worker);
  const waits = held.map((order) => recordWait(order, start));
  try {
    const settlements = await inSpan(SPAN.processOrders, start, async (span) => {
      for (const completeWait of waits) completeWait(span);
      const ends = await processHeld(held, span, worker, handled);
      if (!isBatch) describe(span, ends[0]!);
      return ends;
    });
    await joinEnded(held, settlements, worker);
  } finally {
    // However the attempt ends: a probe that is never cleared would keep the circuit open forever.
    for (const id of idsOf(held)) worker.circuit.learnedNothing(id);
  }
}

function processHeld(
  held: readonly ClaimedOrder[],
  span: Span,
  worker: Worker,
  handled: () => void,
): Promise<Settlement[]> {
  const startedAt = performance.now();
  return whileHeld(held, span, worker, async (signal) => {
    const ended = await runHandlers(held, worker, signal);
    handled();
    for (const one of ended) noteDependency(one, worker);
    for (const { error } of ended) if (error && !(error instanceof Released)) markFailed(span, error);
    const ends = ended.map(({ order, error, park }) => ({
      order,
      end: error ? afterFailure(order, error, worker) : park,
    }));
    const settlements = await worker.settle(ends, span);
    const tookMs = performance.now() - startedAt;
    ended.forEach((one, index) => report(one, settlements[index]!, worker, tookMs));
    for (const { outcome } of settlements) recordProcessed(tookMs, outcome);
    return settlements;
  });
}

function describe(span: Span, { outcome, retryAt }: Settlement): void {
  span.setAttribute(ATTR.outcome, outcome);
  if (retryAt) span.setAttribute(ATTR.retryAt, retryAt.toISOString());
  if (outcome === 'lease lost') span.setStatus({ code: SpanStatusCode.ERROR, message: LATE });
}

function report(
  { order, error, park }: Handled,
  { outcome }: Settlement,
  { logger, latencies }: Worker,
  tookMs: number,
): void {
  const facts = { orderId: order._id, attempt: order.attempts, outcome };
  if (outcome === 'lease lost') recordRefused();
  if (outcome === 'fulfilled') {
    latencies.add(waitedMs(order) + tookMs);
    logger.info(facts, 'order fulfilled');
  } else if (outcome === park?.outcome) logger.info(facts, 'order parked');
  else if (error) logger.warn({ ...facts, err: error }, 'order not fulfilled');
  else logger.warn(facts, LATE);
}

/** The time in the queue, by the database's clock. */
const waitedMs = ({ lease: { availableSince, claimedAt } }: ClaimedOrder): number =>
  claimedAt.getTime() - availableSince.getTime();

/**
 * Gives up an order whose workers all died, and shows that in the order's trace, because no attempt survived to do so. If this
 * worker dies too, the next claim after its lease finds the order in the same state.
 */
export async function giveUp(order: ClaimedOrder, worker: Worker): Promise<void> {
  const { queue, logger, release } = worker;
  await inSpan(SPAN.processOrders, startOfAttempt(order, worker), async (span) => {
    const reason = `none of ${queue.maxAttempts} attempts ended`;
    await untilAnswered(() => giveUpOrder(queue, order, reason, span), release);
    span.setAttribute(ATTR.outcome, 'dead letter');
    markFailed(span, new Error(reason));
    logger.error({ orderId: order._id, attempt: order.attempts, outcome: 'dead letter' }, 'order given up');
  });
  await joinEnded([order], [{ outcome: 'dead letter' }], worker);
}

/**
 * Records the time in the queue as a child of the span that the order carries. It is a child of the consumer span if there is none, and
 * for a scheduled run in a separate trace, because the caller doesn't wait for that run. Call it before the consumer starts, so that a
 * worker that is killed between the two leaves no attempt without its wait.
 * @param consumer how the consumer span starts
 * @returns a function that adds to the wait what only the started consumer span knows
 */
export function recordWait(order: ClaimedOrder, { root }: InSpanOptions): (consumer: Span) => void {
  const carried = carriedBy(order);
  const { availableSince: startTime, claimedAt: endTime } = order.lease;
  const attributes = { [ATTR.orderId]: order._id, [ATTR.attempt]: order.attempts };
  const wait = { kind: SpanKind.INTERNAL, attributes, startTime };
  const record = (context: Context) => void recordSpan(SPAN.waitOrders, { ...wait, endTime, context });
  if (!isFound(carried) || (root && isRun(order)))
    return (consumer) => record(trace.setSpan(ROOT_CONTEXT, consumer));
  if (!root) {
    record(carried);
    return () => {};
  }
  // The carried trace ends in the queue, so the wait links to the trace in which the work continues.
  const span = trace.getTracer('beyond-headers').startSpan(SPAN.waitOrders, wait, carried);
  return (consumer) => span.addLinks(linkTo(consumer.spanContext())).end(endTime);
}

const isFound = (carried: Context): boolean => trace.getSpanContext(carried) !== undefined;
