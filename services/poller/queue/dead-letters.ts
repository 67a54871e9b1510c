import { randomUUID } from 'node:crypto';
import {
  appendedOnce,
  ATTR,
  messagingSpan,
  SPAN,
  storedStatuses,
  type DeadLetter,
  type DeadLetterPage,
  type ListDeadLetters,
  type OrderDocument,
  type RequeuedOrder,
} from '@beyond-headers/contracts';
import { SpanKind, trace, type Link } from '@opentelemetry/api';
import { captureContext, linkTo } from '@beyond-headers/propagation';
import { inSpan, traceIdOf } from '@beyond-headers/telemetry';
import type { Collection } from 'mongodb';
import { afterId, idToText, withId, withIds } from './dead-letter-id.ts';
import { toDeadLetter } from './dead-letter-view.ts';
import { statusOfItsKind } from './expressions.ts';
import { historyWithRequeue, previousAttempt } from './history.ts';
import { carriedBy } from './segment.ts';
import { untilAnswered } from './until-answered.ts';

/** How long a requeue retries while the database is unavailable. By then, the caller has a response, but the span must end. */
const REQUEUE_LIMIT_MS = 30_000;

type Orders = Collection<OrderDocument>;

/** Matches dead letters. */
const failed = { status: { $in: storedStatuses('failed') } };

/** Returns a page of dead letters, newest order first. */
export async function listDeadLetters(
  orders: Orders,
  { limit, after }: ListDeadLetters,
): Promise<DeadLetterPage> {
  const found = await orders
    .find({ ...failed, ...(after && afterId(after)) })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .toArray();
  const page = found.slice(0, limit);
  const deadLetters = page.map(toDeadLetter);
  return { deadLetters, ...(found.length > limit && { next: deadLetters.at(-1)?.orderId }) };
}

export async function findDeadLetter(orders: Orders, id: string): Promise<DeadLetter | undefined> {
  const order = await orders.findOne({ ...withId(id), ...failed });
  return order ? toDeadLetter(order) : undefined;
}

/**
 * Puts a dead letter back into the queue, with 0 attempts. It gets a new trace, which links to the span that it carried and to
 * its last attempt. Resolves with undefined if there is no such dead letter.
 */
export async function requeueDeadLetter(orders: Orders, id: string): Promise<RequeuedOrder | undefined> {
  const order = await orders.findOne({ ...withId(id), ...failed });
  if (!order) return undefined;
  const attributes = { ...messagingSpan('requeue', [id]), [ATTR.orderId]: id };
  return inSpan(
    SPAN.requeueOrders,
    { kind: SpanKind.PRODUCER, attributes, links: linksOf(order) },
    async (span) => {
      const { traceId } = span.spanContext();
      const token = randomUUID();
      const write = () => writeRequeue(orders, order, traceId, token);
      const isRequeued = await untilAnswered(write, AbortSignal.timeout(REQUEUE_LIMIT_MS));
      if (!isRequeued) return undefined;
      return { orderId: id, status: 'pending' as const, ...(traceIdOf(span) && { traceId }) };
    },
  );
}

function linksOf(order: OrderDocument): Link[] {
  return [...linkTo(trace.getSpanContext(carriedBy(order))), ...linkTo(previousAttempt(order))];
}

/** Resolves with false if another caller requeued it first. The token identifies a requeue of this call whose response was lost. */
async function writeRequeue(
  orders: Orders,
  order: OrderDocument,
  traceId: string,
  token: string,
): Promise<boolean> {
  const { _id, availableAt, pause } = order;
  const context = captureContext();
  const { matchedCount } = await orders.updateOne({ _id, ...failed, availableAt }, [
    {
      $set: {
        status: statusOfItsKind('pending'),
        attempts: 0,
        availableAt: '$$NOW',
        traceIds: appendedOnce('traceIds', traceId),
        history: historyWithRequeue(order, token),
        ...(context && { context: { $literal: context } }),
      },
    },
    // The work starts from the new carrier, not from the last pause, and checks the order's parts again.
    { $unset: ['lease', 'error', ...(context || pause?.reason === 'parts' ? ['pause'] : [])] },
  ]);
  return matchedCount === 1 || (await orders.countDocuments({ _id, 'history.token': token })) === 1;
}

/** Deletes the dead letters with these ids. Resolves with the number of deleted ones. */
export async function purgeDeadLetters(orders: Orders, ids: readonly string[]): Promise<number> {
  const { deletedCount } = await orders.deleteMany({ ...failed, ...withIds(ids) });
  return deletedCount;
}

/** Returns the given ids that belong to dead letters, or the ids of all dead letters. */
export async function deadLetterIds(orders: Orders, asked: readonly string[] | 'all'): Promise<string[]> {
  const found = await orders
    .find({ ...failed, ...(asked !== 'all' && withIds(asked)) }, { projection: { _id: 1 } })
    .toArray();
  return found.map(({ _id }) => idToText(_id));
}
