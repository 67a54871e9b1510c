import type { OrderDocument } from '@beyond-headers/contracts';
import type { Span } from '@opentelemetry/api';
import type { AnyBulkWriteOperation, Document, Filter } from 'mongodb';
import { backoffMs } from './backoff.ts';
import { appended, appendedOnce } from './expressions.ts';
import { historyWith, shortened } from './history.ts';
import { idsOf, tokenOf } from './lease.ts';
import { heldUnder, type ClaimedOrder, type OrderQueue } from './order-queue.ts';

/** How an attempt ended. `lease lost`: nothing was written, the order belongs to another claim. */
export type Settlement =
  | { outcome: 'fulfilled' | 'dead letter' | 'released' | 'lease lost' }
  | { outcome: 'retry' | 'postponed'; retryAt: Date };

/** The ledger's key for the fulfilment itself. */
const FULFIL = 'fulfil';
const MAX_EFFECTS = 100;

/** Orders that were claimed together and are fulfilled, with the trace in which they were. */
export interface Completion {
  held: readonly ClaimedOrder[];
  traceId: string;
}

/**
 * Ends the work on orders, and writes it into their ledgers in the same update; any number of completions in one command.
 * Resolves, for each completion, with the ids of those that were still held; the others have another owner and stay as they are.
 */
export async function completeOrders(
  { orders }: OrderQueue,
  completions: readonly Completion[],
): Promise<Array<Set<string>>> {
  const { matchedCount } = await orders.bulkWrite(completions.map(toWrite), { ordered: false });
  const ids = completions.flatMap(({ held }) => idsOf(held));
  if (matchedCount === ids.length) return completions.map(({ held }) => new Set(idsOf(held)));
  const settled = await orders.find({ _id: { $in: ids }, status: 'fulfilled' }).toArray();
  return completions.map(({ held }) => settledUnder(tokenOf(held), held, settled));
}

/** The driver tries a write to one document again by itself, a write to many it does not. */
function toWrite({ held, traceId }: Completion): AnyBulkWriteOperation<OrderDocument> {
  const token = tokenOf(held);
  const write = {
    filter: { _id: { $in: idsOf(held) }, ...heldUnder(token) },
    update: completion(token, traceId),
  };
  return held.length === 1 ? { updateOne: write } : { updateMany: write };
}

/** A completion whose answer was lost looks, when tried again, like a lost lease: the ledger tells which it was. */
function settledUnder(
  token: string,
  held: readonly ClaimedOrder[],
  settled: readonly OrderDocument[],
): Set<string> {
  const mine = settled.filter(({ ledger }) => ledger?.some((entry) => entry.token === token));
  return new Set(idsOf(held).filter((id) => mine.some(({ _id }) => _id === id)));
}

function completion(token: string, traceId: string): Document[] {
  const entry = { key: FULFIL, attempt: '$attempts', token: { $literal: token }, at: '$$NOW' };
  return [
    {
      $set: {
        status: 'fulfilled',
        ledger: appended('ledger', entry, MAX_EFFECTS),
        traceIds: appendedOnce('traceIds', traceId),
      },
    },
    { $unset: ['lease', 'error'] },
  ];
}

/** Gives an order back for a later attempt, or up after the last one. */
export function failOrder(
  queue: OrderQueue,
  order: ClaimedOrder,
  error: Error,
  span: Span,
): Promise<Settlement> {
  const isLast = order.attempts >= queue.maxAttempts;
  const delayMs = isLast ? 0 : backoffMs(order.attempts, queue.retryBaseMs, queue.retryMaxMs);
  const end = { outcome: isLast ? 'dead letter' : 'retry', span, error: error.message } as const;
  return giveBack(queue, order, end, {
    status: isLast ? 'failed' : 'pending',
    error: { $literal: shortened(error.message) },
    availableAt: { $add: ['$$NOW', delayMs] },
  });
}

/** Gives an order back at once, without counting the attempt: the worker stops, the order did nothing wrong. */
export function releaseOrder(queue: OrderQueue, order: ClaimedOrder, span: Span): Promise<Settlement> {
  const end = { outcome: 'released', span } as const;
  return giveBack(queue, order, end, { status: 'pending', availableAt: '$$NOW', attempts: uncounted });
}

/** Gives an order back for later, without counting the attempt: what it needs is away. */
export function postponeOrder(
  queue: OrderQueue,
  order: ClaimedOrder,
  { reason, waitMs, span }: { reason: Error; waitMs: number; span: Span },
): Promise<Settlement> {
  return giveBack(
    queue,
    order,
    { outcome: 'postponed', span, error: reason.message },
    {
      status: 'pending',
      error: { $literal: shortened(reason.message) },
      availableAt: { $add: ['$$NOW', Math.round(waitMs)] },
      attempts: uncounted,
    },
  );
}

const uncounted: Document = { $subtract: ['$attempts', 1] };

/** Makes a dead letter of an order that a claim found given up. Who does it again, as another claim did it first, changes nothing. */
export async function giveUpOrder(
  { orders }: OrderQueue,
  { _id, lease }: ClaimedOrder,
  reason: string,
  traceId: string,
): Promise<void> {
  await orders.updateOne({ _id, ...heldUnder(lease.token) }, [
    {
      $set: {
        status: 'failed',
        availableAt: '$$NOW',
        error: { $literal: reason },
        traceIds: appendedOnce('traceIds', traceId),
      },
    },
    { $unset: 'lease' },
  ]);
}

interface GivenBack {
  outcome: Exclude<Settlement['outcome'], 'fulfilled' | 'lease lost'>;
  span: Span;
  error?: string;
}

async function giveBack(
  { orders }: OrderQueue,
  order: ClaimedOrder,
  end: GivenBack,
  changes: Document,
): Promise<Settlement> {
  const { _id, lease } = order;
  const written = {
    ...changes,
    history: historyWith(order, end),
    traceIds: appendedOnce('traceIds', end.span.spanContext().traceId),
  };
  const settled = await orders.findOneAndUpdate(
    { _id, ...heldUnder(lease.token) },
    [{ $set: written }, { $unset: 'lease' }],
    { returnDocument: 'after', projection: { availableAt: 1 } },
  );
  return toSettlement(end.outcome, settled ?? (await settledBefore(orders, order, end.outcome)));
}

function toSettlement(
  outcome: GivenBack['outcome'],
  settled: Pick<OrderDocument, 'availableAt'> | null,
): Settlement {
  if (!settled) return { outcome: 'lease lost' };
  return outcome === 'retry' || outcome === 'postponed'
    ? { outcome, retryAt: settled.availableAt }
    : { outcome };
}

/** A settlement whose answer was lost looks, when tried again, like a lost lease: the history tells which it was. */
function settledBefore(
  orders: OrderQueue['orders'],
  { _id, lease }: ClaimedOrder,
  outcome: GivenBack['outcome'],
): Promise<OrderDocument | null> {
  const mine: Filter<OrderDocument> = { _id, history: { $elemMatch: { token: lease.token, outcome } } };
  return orders.findOne(mine, { projection: { availableAt: 1 } });
}
