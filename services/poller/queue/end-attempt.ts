import { appendedOnce, type AttemptOutcome, type OrderDocument } from '@beyond-headers/contracts';
import type { Span } from '@opentelemetry/api';
import type { Document } from 'mongodb';
import { historyWith } from './history.ts';
import { underLease, type ClaimedOrder, type OrderQueue } from './order-queue.ts';

export interface AttemptEnd {
  outcome: AttemptOutcome;
  /** What becomes of the order, as expressions on the order as it was. */
  changes: Document;
  error?: Error | undefined;
}

/**
 * Ends an attempt that does not fulfil its order, in one write: the change, the record of the attempt, and the end of the lease, under
 * whose token it stands. Resolves with the order's dates, or with undefined when the lease was lost and nothing was written.
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
  // A settlement whose answer was lost looks, when tried again, like a lost lease: the history tells which it was.
  const mine = { _id: order._id, history: { $elemMatch: { token: order.lease.token, outcome } } };
  return (await orders.findOne(mine, { projection })) ?? undefined;
}
