import { PARKED, type ParkOutcome } from '@beyond-headers/contracts';
import { captureContext } from '@beyond-headers/propagation';
import { trace, type Span } from '@opentelemetry/api';
import type { Document } from 'mongodb';
import { endAttempt } from './end-attempt.ts';
import type { ClaimedOrder, OrderQueue } from './order-queue.ts';
import { carriedBy } from './segment.ts';

/** What a handler gives back when the order is not over: it stops here, and goes on later in a segment of its own. */
export interface Park {
  outcome: ParkOutcome;
  /** More to change in the same write, as expressions on the order as it was: `availableAt` of the next run, for one. */
  changes?: Document;
}

/**
 * Parks an order in one write under its lease: the status that no poller claims, and the context of the segment that stops, from which
 * the next one goes on. Resolves with undefined when the lease was lost. The next segment has all of its attempts ahead of it.
 */
export function parkOrder(queue: OrderQueue, order: ClaimedOrder, { outcome, changes }: Park, span: Span) {
  const { reason, status } = PARKED[outcome];
  // With the order's own baggage: what is active belongs to the batch, or to the settlement.
  const context = captureContext(trace.setSpan(carriedBy(order), span));
  const pause = { reason, since: '$$NOW', ...(context && { context: { $literal: context } }) };
  const stopped = {
    status,
    availableAt: '$$NOW',
    attempts: 0,
    // Merged with nothing: `$set` of a sub-document would keep the fields of the pause before.
    pause: { $mergeObjects: [pause] },
    error: '$$REMOVE',
    ...changes,
  };
  return endAttempt(queue, order, { outcome, changes: stopped }, span);
}
