import { PARKED, type ParkOutcome } from '@beyond-headers/contracts';
import { captureContext } from '@beyond-headers/propagation';
import { trace, type Span } from '@opentelemetry/api';
import type { Document } from 'mongodb';
import type { ClaimedOrder } from './order-queue.ts';
import { carriedBy } from './segment.ts';

/** What a handler returns to park an order: the order stops here, and continues later in a new segment. */
export interface Park {
  outcome: ParkOutcome;
  /** Further changes in the same write, as expressions on the order before it, such as `availableAt` of the next run. */
  changes?: Document;
}

/**
 * Returns the changes that park an order, with the context of the segment that stops, from which the next segment continues. The next
 * segment starts with 0 attempts.
 */
export function parked(order: ClaimedOrder, { outcome, changes }: Park, span: Span): Document {
  const { reason, status } = PARKED[outcome];
  // With the order's own baggage, because the active context belongs to the batch or to the settlement.
  const context = captureContext(trace.setSpan(carriedBy(order), span));
  const pause = { reason, since: '$$NOW', ...(context && { context: { $literal: context } }) };
  return {
    status,
    availableAt: '$$NOW',
    attempts: 0,
    // `$mergeObjects`, because `$set` with a sub-document would keep fields of the previous pause.
    pause: { $mergeObjects: [pause] },
    error: '$$REMOVE',
    ...changes,
  };
}
