import { appendedNew, FULFILLED_KEY, traceIdAsList, type OrderDocument } from '@beyond-headers/contracts';
import type { DocumentContext } from '@beyond-headers/propagation';
import type { AnyBulkWriteOperation, Document } from 'mongodb';
import { endOfParts } from '../parts/part-of.ts';
import { ledgerWith } from './effects.ts';
import { byOrder } from './expressions.ts';
import { BY_ID, idsOf, tokenOf, underLease, type ClaimedOrder, type OrderQueue } from './order-queue.ts';

/** Orders that were claimed together and are fulfilled, with the trace and the span of their attempt. */
export interface Completion {
  held: readonly ClaimedOrder[];
  traceId: string;
  lastSpan?: DocumentContext | undefined;
}

/**
 * Marks orders as fulfilled, and records that in their ledgers in the same update. One command writes any number of completions.
 * Resolves, for each completion, with the ids of the orders that were still held. The others have another owner, and don't change.
 */
export async function completeOrders(
  { orders }: OrderQueue,
  completions: readonly Completion[],
): Promise<Array<Set<string>>> {
  const { matchedCount } = await orders.bulkWrite(toWrites(completions), { ordered: false });
  const ids = completions.flatMap(({ held }) => idsOf(held));
  if (matchedCount === ids.length) return completions.map(({ held }) => new Set(idsOf(held)));
  // A retry of a completion whose response was lost looks like a lost lease. The ledger shows which of the two it is.
  const settled = await orders.find({ _id: { $in: ids }, status: 'fulfilled' }).toArray();
  // Only the completion's own entry counts: the ledger also has effects of a lost lease, after which another owner fulfilled the order.
  const isMine = ({ _id, lease }: ClaimedOrder) =>
    settled.some(
      ({ _id: id, ledger }) =>
        id === _id && ledger?.some((entry) => entry?.key === FULFILLED_KEY && entry.token === lease.token),
    );
  return completions.map(({ held }) => new Set(idsOf(held.filter(isMine))));
}

/** A fulfilled order, with the trace and the span of its attempt. */
interface Fulfilled {
  order: ClaimedOrder;
  traceId: string;
  lastSpan: DocumentContext | undefined;
}

/**
 * Returns one write for each token, because the token is the fence. One write for each order would cost the database four times as much:
 * it plans each write, and records each in the session, so that the driver can retry it. Here, `untilAnswered` retries.
 */
function toWrites(completions: readonly Completion[]): Array<AnyBulkWriteOperation<OrderDocument>> {
  const fulfilled = completions.flatMap(({ held, traceId, lastSpan }) =>
    held.map((order): Fulfilled => ({ order, traceId, lastSpan })),
  );
  const together = Map.groupBy(fulfilled, ({ order }) => order.lease.token);
  return [...together.values()].map((ended) => ({ updateMany: toWrite(ended) }));
}

function toWrite(ended: readonly Fulfilled[]) {
  const held = ended.map(({ order }) => order);
  const lastSpans = ended.map(({ lastSpan }) => lastSpan);
  const changes = {
    status: 'fulfilled',
    lease: '$$REMOVE',
    error: '$$REMOVE',
    ledger: ledgerWith(FULFILLED_KEY, tokenOf(held)),
    ...newTraceIds(ended),
    ...endOfParts(held, lastSpans),
  };
  return { filter: underLease(held), hint: BY_ID, update: [{ $set: changes }] };
}

/** Returns no changes if the orders already list these traces, such as the trace in which an order was placed. */
function newTraceIds(ended: readonly Fulfilled[]): Document {
  const added = ended.map(({ order, traceId }) => traceIdAsList(traceId).filter((id) => !isKnown(order, id)));
  if (added.every(({ length }) => length === 0)) return {};
  const held = ended.map(({ order }) => order);
  return { traceIds: appendedNew('traceIds', byOrder(held, added)) };
}

const isKnown = ({ traceIds }: ClaimedOrder, traceId: string): boolean =>
  Array.isArray(traceIds) && traceIds.includes(traceId);
