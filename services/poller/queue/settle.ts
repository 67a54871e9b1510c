import { context, ROOT_CONTEXT, SpanKind, type Span } from '@opentelemetry/api';
import { appendedOnce, messagingSpan, SPAN } from '@beyond-headers/contracts';
import { inSpan } from '@beyond-headers/telemetry';
import type { Document } from 'mongodb';
import { recordOperation } from '../metrics.ts';
import { endOfParts } from '../parts/part-of.ts';
import { completeOrders } from './complete.ts';
import { statusOfItsKind } from './expressions.ts';
import { groupCommit } from './group-commit.ts';
import { historyWith, shortened } from './history.ts';
import { idsOf, underLease, type ClaimedOrder, type OrderQueue } from './order-queue.ts';
import { parked, type Park } from './park.ts';
import { untilAnswered } from './until-answered.ts';
import type { Held } from './update-held.ts';

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
  const complete = groupCommit((group: Held[]) => completeOrders(queue, group));
  const persist = <T>(write: () => Promise<T>): Promise<T> =>
    untilAnswered(() => recordOperation('settle', write), release);
  const settleEach: Settle = async (ended, span) => {
    const held = ended.filter(({ end }) => !end).map(({ order }) => order);
    const completed = held.length > 0 ? await persist(() => complete({ held, span })) : new Set<string>();
    return Promise.all(
      ended.map(async ({ order, end }): Promise<Settlement> => {
        if (end) return persist(() => settleOrder(queue, order, end, span));
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

/**
 * Ends an attempt that doesn't fulfill its order. One write under the lease's token makes the changes, records the attempt, and removes
 * the lease. A second call changes nothing.
 */
export async function settleOrder(
  { orders }: OrderQueue,
  order: ClaimedOrder,
  end: GivenBack | Park,
  span: Span,
): Promise<Settlement> {
  const { outcome } = end;
  const isGivenBack = 'delayMs' in end;
  const changes = {
    history: historyWith(order, outcome, span, isGivenBack ? end.error : undefined),
    traceIds: appendedOnce('traceIds', span.spanContext().traceId),
    ...(isGivenBack ? givenBack(order, end, span) : parked(order, end, span)),
  };
  const projection = { availableAt: 1 };
  const settled = await orders.findOneAndUpdate(
    underLease([order]),
    [{ $set: changes }, { $unset: 'lease' }],
    { returnDocument: 'after', projection },
  );
  // A retry of a settlement whose response was lost looks like a lost lease. The history shows which of the two it is.
  const mine = { _id: order._id, history: { $elemMatch: { token: order.lease.token, outcome } } };
  const written = settled ?? (await orders.findOne(mine, { projection }));
  if (!written) return { outcome: 'lease lost' };
  const isLater = outcome === 'retry' || outcome === 'postponed';
  return { outcome, ...(isLater && { retryAt: written.availableAt }) };
}

/** Returns the changes to an order that goes back into the queue for a later attempt, or is given up after the last one. */
function givenBack(order: ClaimedOrder, { outcome, delayMs, error }: GivenBack, span: Span): Document {
  const isCounted = outcome === 'retry' || outcome === 'dead letter';
  return {
    status: statusOfItsKind(outcome === 'dead letter' ? 'failed' : 'pending'),
    availableAt: { $add: ['$$NOW', Math.round(delayMs)] },
    ...(error && { error: { $literal: shortened(error.message) } }),
    ...(outcome === 'dead letter' && endOfParts([order], [span])),
    ...(!isCounted && { attempts: { $subtract: ['$attempts', 1] } }),
  };
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
    ...endOfParts([order], [span]),
  };
  await orders.updateOne(underLease([order]), [{ $set: changes }, { $unset: 'lease' }]);
}
