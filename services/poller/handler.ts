import type { OrderDocument } from '@beyond-headers/contracts';
import type { Filter } from 'mongodb';
import type { ClaimedOrder } from './queue/order-queue.ts';
import type { Park } from './queue/park.ts';

/** What a handler gets beside the order. */
export interface Work {
  /** Aborted when the order was lost to another poller or is given back: stop early, the result no longer counts. */
  signal: AbortSignal;
  /** Runs an effect unless an earlier attempt at this order did it. */
  once: (key: string, effect: () => Promise<void>) => Promise<void>;
}

/**
 * The business of the poller; may run more than once for an order, so it must be idempotent by its id. The order is fulfilled when it
 * ends, or parked when it gives back what to wait for.
 */
export interface Handler {
  (order: ClaimedOrder, work: Work): Promise<Park | void>;
  /** The orders that need what the handler calls. They wait while that is away, see {@link DependencyAway}. Default: all. */
  dependents?: Filter<OrderDocument>;
}

/** Thrown by a handler when no other attempt can do better: the order becomes a dead letter at once. */
export class Unfulfillable extends Error {
  override name = 'Unfulfillable';
}

/** Thrown by a handler when something that it calls is away: no fault of the order, which waits without an attempt being counted. */
export class DependencyAway extends Error {
  override name = 'DependencyAway';
  /** How long the dependency asks to be left alone, in milliseconds; 0 when it does not say. */
  readonly retryAfterMs: number;

  constructor(message: string, { retryAfterMs = 0, cause }: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.retryAfterMs = retryAfterMs;
  }
}
