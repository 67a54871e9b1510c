import type { ClaimedOrder } from './queue/order-queue.ts';
import type { Park } from './queue/park.ts';

/** What a handler gets in addition to the order. */
export interface Work {
  /** Aborts when the order is lost to another poller, or is released. Then stop early, because the result is discarded. */
  signal: AbortSignal;
  /** Runs an effect unless an earlier attempt at this order did it. */
  once: (key: string, effect: () => Promise<void>) => Promise<void>;
}

/**
 * The business logic of the poller. It may run more than once for an order, so it must be idempotent by the order's id. When it
 * resolves, the order is fulfilled, or parked if the result is a {@link Park}.
 */
export type Handler = (order: ClaimedOrder, work: Work) => Promise<Park | void>;

/** Thrown by a handler if no other attempt can succeed: the order becomes a dead letter at once. */
export class Unfulfillable extends Error {
  override name = 'Unfulfillable';
}

/** Thrown by a handler if its dependency is unavailable. The order isn't at fault: it waits, and the attempt doesn't count. */
export class DependencyAway extends Error {
  override name = 'DependencyAway';
  /** The dependency's `Retry-After` in milliseconds; 0 without one. */
  readonly retryAfterMs: number;

  constructor(message: string, { retryAfterMs = 0, cause }: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, { cause });
    this.retryAfterMs = retryAfterMs;
  }
}
