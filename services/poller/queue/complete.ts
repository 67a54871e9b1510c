import { appendedNew, FULFILLED_KEY, traceIdAsList, type OrderDocument } from '@beyond-headers/contracts';
import type { DocumentContext } from '@beyond-headers/propagation';
import type { AnyBulkWriteOperation, Document } from 'mongodb';
import { endOfParts } from '../parts/part-of.ts';
import { ledgerWith } from './effects.ts';
import { byOrder } from './expressions.ts';
import { BY_ID, idsOf, tokenOf, underLease, type ClaimedOrder, type OrderQueue } from './order-queue.ts';

/** Orders that were claimed together and are fulfilled, with the trace and the span in which they were. */
export interface Completion {
  held: readonly ClaimedOrder[];
  traceId: string;
  lastSpan?: DocumentContext | undefined;
}

/**
 * Ends the work on orders, and writes it into their ledgers in the same update; any number of completions in one command.
 * Resolves, for each completion, with the ids of those that were still held; the others have another owner and stay as they are.
 */
export async function completeOrders(
  { orders }: OrderQueue,
  completions: readonly Completion[],
): Promise<Array<Set<string>>> {
  const { matchedCount } = await orders.bulkWrite(toWrites(completions), { ordered: false });
  const ids = completions.flatMap(({ held }) => idsOf(held));
  if (matchedCount === ids.length) return completions.map(({ held }) => new Set(idsOf(held)));
  // When a completion whose answer was lost is tried again, it looks like a lost lease. The ledger shows which it was.
  const settled = await orders.find({ _id: { $in: ids }, status: 'fulfilled' }).toArray();
  // Its own entry alone: an effect of a lost lease is there too, and then another owner fulfilled the order.
  const isMine = ({ _id, lease }: ClaimedOrder) =>
    settled.some(
      ({ _id: id, ledger }) =>
        id === _id && ledger?.some((entry) => entry?.key === FULFILLED_KEY && entry.token === lease.token),
    );
  return completions.map(({ held }) => new Set(idsOf(held.filter(isMine))));
}

/** An order that is fulfilled, with its own trace and span. */
interface Fulfilled {
  order: ClaimedOrder;
  traceId: string;
  lastSpan: DocumentContext | undefined;
}

/**
 * One write for each token, since a token is the fence. Written one by one, orders cost a database four times as much. It plans each
 * write, and remembers each in the session so that the driver can try it again. Here `untilAnswered` does that.
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

/** Nothing when they are known: the attempt belongs to the trace that the order was placed in. */
function newTraceIds(ended: readonly Fulfilled[]): Document {
  const added = ended.map(({ order, traceId }) => traceIdAsList(traceId).filter((id) => !isKnown(order, id)));
  if (added.every(({ length }) => length === 0)) return {};
  const held = ended.map(({ order }) => order);
  return { traceIds: appendedNew('traceIds', byOrder(held, added)) };
}

const isKnown = ({ traceIds }: ClaimedOrder, traceId: string): boolean =>
  Array.isArray(traceIds) && traceIds.includes(traceId);
