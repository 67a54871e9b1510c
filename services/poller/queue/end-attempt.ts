import { appendedOnce, type AttemptOutcome, type OrderDocument } from '@beyond-headers/contracts';
import type { Span } from '@opentelemetry/api';
import type { Document } from 'mongodb';
import { historyWith } from './history.ts';
import { underLease, type ClaimedOrder, type OrderQueue } from './order-queue.ts';

export interface AttemptEnd {
  outcome: AttemptOutcome;
  /** The changes to the order, as expressions on the order before the write. */
  changes: Document;
  error?: Error | undefined;
}

/**
 * Ends an attempt that doesn't fulfill its order. One write under the lease's token makes the changes, records the attempt, and removes
 * the lease. Resolves with the order's `availableAt`, or with undefined if the lease was lost and nothing was written.
 */
export async function endAttempt(
  { orders }: OrderQueue,
  order: ClaimedOrder,
  { outcome, changes, error }: AttemptEnd,
  span: Span,
): Promise<Pick<OrderDocument, 'availableAt'> | undefined> {
  const written = {
    history: historyWith(order, outcome, span, error),
    traceIds: appendedOnce('traceIds', span.spanContext().traceId),
    ...changes,
  };
  const projection = { availableAt: 1 };
  const settled = await orders.findOneAndUpdate(
    underLease([order]),
    [{ $set: written }, { $unset: 'lease' }],
    { returnDocument: 'after', projection },
  );
  if (settled) return settled;
  // A retry of a settlement whose response was lost looks like a lost lease. The history shows which of the two it is.
  const mine = { _id: order._id, history: { $elemMatch: { token: order.lease.token, outcome } } };
  return (await orders.findOne(mine, { projection })) ?? undefined;
}
