import type { Span } from '@opentelemetry/api';
import { appendedNew, FULFILLED_KEY, traceIdAsList } from '@beyond-headers/contracts';
import type { Document } from 'mongodb';
import { endOfParts } from '../parts/part-of.ts';
import { ledgerWith } from './effects.ts';
import { byOrder } from './expressions.ts';
import { idsOf, tokenOf, type ClaimedOrder, type OrderQueue } from './order-queue.ts';
import { updateHeld, type Held } from './update-held.ts';

/**
 * Marks orders as fulfilled, and records that in their ledgers in the same update. One command writes any number of completions.
 * Resolves, for each completion, with the ids of the orders that were still held. The others have another owner, and don't change.
 */
export async function completeOrders(
  queue: OrderQueue,
  completions: readonly Held[],
): Promise<Array<Set<string>>> {
  if (await updateHeld(queue, completions, fulfilled))
    return completions.map(({ held }) => new Set(idsOf(held)));
  // A retry of a completion whose response was lost looks like a lost lease. The ledger shows which of the two it is.
  const ids = completions.flatMap(({ held }) => idsOf(held));
  const settled = await queue.orders.find({ _id: { $in: ids }, status: 'fulfilled' }).toArray();
  // Only the completion's own entry counts: the ledger also has effects of a lost lease, after which another owner fulfilled the order.
  const isMine = ({ _id, lease }: ClaimedOrder) =>
    settled.some(
      ({ _id: id, ledger }) =>
        id === _id && ledger?.some((entry) => entry?.key === FULFILLED_KEY && entry.token === lease.token),
    );
  return completions.map(({ held }) => new Set(idsOf(held.filter(isMine))));
}

const fulfilled = (held: ClaimedOrder[], spans: Span[]): Document => ({
  status: 'fulfilled',
  lease: '$$REMOVE',
  error: '$$REMOVE',
  ledger: ledgerWith(FULFILLED_KEY, tokenOf(held)),
  ...newTraceIds(held, spans),
  ...endOfParts(held, spans),
});

/** Returns no changes if the orders already list the traces of these spans, such as the trace in which an order was placed. */
function newTraceIds(held: ClaimedOrder[], spans: Span[]): Document {
  const added = held.map((order, index) =>
    traceIdAsList(spans[index]?.spanContext().traceId).filter((id) => !isKnown(order, id)),
  );
  if (added.every(({ length }) => length === 0)) return {};
  return { traceIds: appendedNew('traceIds', byOrder(held, added)) };
}

const isKnown = ({ traceIds }: ClaimedOrder, traceId: string): boolean =>
  Array.isArray(traceIds) && traceIds.includes(traceId);
