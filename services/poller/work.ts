import type { OrderDocument } from '@beyond-headers/contracts';
import type { Logger } from '@beyond-headers/service-kit';
import type { Filter } from 'mongodb';
import type { LimitFunction } from 'p-limit';
import type { Circuit } from './circuit.ts';
import type { Pace } from './pace.ts';
import type { GroupCommit } from './queue/group-commit.ts';
import type { ClaimedOrder, OrderQueue } from './queue/order-queue.ts';
import type { Completion } from './queue/settle.ts';
import type { TraceOptions } from './trace-start.ts';

/** What a handler gets beside the order. */
export interface Work {
  /** Aborted when the order was lost to another poller or is given back: stop early, the result no longer counts. */
  signal: AbortSignal;
  /** Runs an effect unless an earlier attempt at this order did it. */
  once: (key: string, effect: () => Promise<void>) => Promise<void>;
}

/** The business of the poller; may run more than once for an order, so it must be idempotent by its id. */
export interface Handler {
  (order: ClaimedOrder, work: Work): Promise<void>;
  /** The orders that need what the handler calls. They wait while that is away, see {@link DependencyAway}. Default: all. */
  dependents?: Filter<OrderDocument>;
}

/** Who works on orders, with what. */
export interface Worker extends TraceOptions {
  queue: OrderQueue;
  handle: Handler;
  /** Orders that are fulfilled at about the same time are written together; resolves with the ids that were still held. */
  completions: GroupCommit<Completion, Set<string>>;
  /** Runs a handler when one of the slots is free. */
  slots: LimitFunction;
  /** How quick claims and handlers are. */
  pace: Pace;
  /** Whether what handlers call is there. */
  circuit: Circuit;
  logger: Logger;
  /** When aborted, orders in hand are given back instead of waited for. */
  release: AbortSignal;
}
