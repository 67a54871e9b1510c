import { context, ROOT_CONTEXT, SpanKind, type Span } from '@opentelemetry/api';
import { appendedOnce, messagingSpan, SPAN } from '@beyond-headers/contracts';
import { isMongoUnavailable } from '@beyond-headers/service-kit/mongo';
import { inSpan } from '@beyond-headers/telemetry';
import type { Document } from 'mongodb';
import { recordOperation } from '../metrics.ts';
import { endOfParts } from '../parts/part-of.ts';
import { completeOrders, type Completion } from './complete.ts';
import { endAttempt } from './end-attempt.ts';
import { statusOfItsKind } from './expressions.ts';
import { GroupCommit } from './group-commit.ts';
import { shortened, spanAsCarrier } from './history.ts';
import { idsOf, underLease, type ClaimedOrder, type OrderQueue } from './order-queue.ts';
import { parkOrder, type Park } from './park.ts';
import { untilAnswered } from './until-answered.ts';

/** What happens to an order that is neither fulfilled nor parked: a later attempt, or none after the last one. */
export interface GivenBack {
  /** `postponed` and `released` don't count the attempt, because the order isn't at fault. */
  outcome: 'retry' | 'dead letter' | 'postponed' | 'released';
  /** How long no poller can claim it, in milliseconds of the server's clock. */
  delayMs: number;
  /** Stored in the order and in the record of the attempt. */
  error?: Error;
}

/** How an attempt ended. `lease lost`: nothing was written, the order belongs to another claim. */
export interface Settlement {
  outcome: GivenBack['outcome'] | Park['outcome'] | 'fulfilled' | 'lease lost';
  /** Only for `retry` and `postponed`. */
  retryAt?: Date;
}

/** Writes how attempts under one span ended; without an `end`, as fulfilled. Resolves with a settlement for each, in the same order. */
export type Settle = (
  ended: ReadonlyArray<{ order: ClaimedOrder; end?: GivenBack | Park | undefined }>,
  span: Span,
) => Promise<Settlement[]>;

/**
 * Returns a function that settles orders in a CLIENT span under the span of the attempt. Fulfilled orders are settled in one write,
 * together with those of other attempts that end at the same time. Each of the other orders has its own write. While the database is
 * unavailable, the orders stay in hand: their outcomes are written, or refused, when it is available again.
 * @param release ends the wait for the database: the write then rejects
 */
export function createSettle(queue: OrderQueue, release: AbortSignal): Settle {
  const completions = new GroupCommit(
    (group: Completion[]) => completeOrders(queue, group),
    isMongoUnavailable,
  );
  const persist = <T>(write: () => Promise<T>): Promise<T> =>
    untilAnswered(() => recordOperation('settle', write), release);
  const settleEach: Settle = async (ended, span) => {
    const held = ended.filter(({ end }) => !end).map(({ order }) => order);
    const { traceId } = span.spanContext();
    const completed =
      held.length > 0
        ? await persist(() => completions.write({ held, traceId, lastSpan: spanAsCarrier(span) }))
        : new Set<string>();
    return Promise.all(
      ended.map(async ({ order, end }): Promise<Settlement> => {
        if (end) return persist(() => settleOne(queue, order, end, span));
        return { outcome: completed.has(order._id) ? 'fulfilled' : 'lease lost' };
      }),
    );
  };
  return (ended, span) => {
    const attributes = messagingSpan('settle', idsOf(ended.map(({ order }) => order)));
    return inSpan(SPAN.settleOrders, { kind: SpanKind.CLIENT, attributes }, () =>
      // The write may include other orders. With a parent, the driver's span would be in the trace of the first order.
      context.with(ROOT_CONTEXT, () => settleEach(ended, span)),
    );
  };
}

const settleOne = (queue: OrderQueue, order: ClaimedOrder, end: GivenBack | Park, span: Span) =>
  'delayMs' in end ? giveBack(queue, order, end, span) : park(queue, order, end, span);

/** Puts an order back into the queue for a later attempt, or gives it up after the last one. */
export async function giveBack(
  queue: OrderQueue,
  order: ClaimedOrder,
  { outcome, delayMs, error }: GivenBack,
  span: Span,
): Promise<Settlement> {
  const isCounted = outcome === 'retry' || outcome === 'dead letter';
  const changes: Document = {
    status: statusOfItsKind(outcome === 'dead letter' ? 'failed' : 'pending'),
    availableAt: { $add: ['$$NOW', Math.round(delayMs)] },
    ...(error && { error: { $literal: shortened(error.message) } }),
    ...(outcome === 'dead letter' && endOfParts([order], [spanAsCarrier(span)])),
    ...(!isCounted && { attempts: { $subtract: ['$attempts', 1] } }),
  };
  const settled = await endAttempt(queue, order, { outcome, changes, error }, span);
  if (!settled) return { outcome: 'lease lost' };
  const isLater = outcome === 'retry' || outcome === 'postponed';
  return { outcome, ...(isLater && { retryAt: settled.availableAt }) };
}

async function park(queue: OrderQueue, order: ClaimedOrder, end: Park, span: Span): Promise<Settlement> {
  return { outcome: (await parkOrder(queue, order, end, span)) ? end.outcome : 'lease lost' };
}

/** Turns an order that a claim gave up into a dead letter. A second call changes nothing, even if another claim made the first. */
export async function giveUpOrder(
  { orders }: OrderQueue,
  order: ClaimedOrder,
  reason: string,
  span: Span,
): Promise<void> {
  const changes = {
    status: statusOfItsKind('failed'),
    availableAt: '$$NOW',
    error: { $literal: reason },
    traceIds: appendedOnce('traceIds', span.spanContext().traceId),
    ...endOfParts([order], [spanAsCarrier(span)]),
  };
  await orders.updateOne(underLease([order]), [{ $set: changes }, { $unset: 'lease' }]);
}
