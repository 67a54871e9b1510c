import type { OrderDocument } from '@beyond-headers/contracts';
import type { TraceShape } from '@beyond-headers/propagation';
import type { Logger } from '@beyond-headers/service-kit';
import type { Collection } from 'mongodb';
import pLimit, { type LimitFunction } from 'p-limit';
import { Circuit } from './circuit.ts';
import type { PollerSettings } from './config.ts';
import type { Handler } from './handler.ts';
import { Pace } from './pace.ts';
import type { FinishJoin } from './parts/join-parts.ts';
import type { ClaimedOrder, OrderQueue } from './queue/order-queue.ts';
import { createRenew, type Renew } from './queue/renew.ts';
import { createSettle, type Settle } from './queue/settle.ts';
import { RecentLatencies } from './recent-latencies.ts';

/** What a poller is started with. */
export interface PollerOptions extends PollerSettings {
  orders: Collection<OrderDocument>;
  handle: Handler;
  /** How an attempt hangs on the context in its order. Without a shape: `parent`, `link` of a scheduled run, and `holdShape` after a pause. */
  shapeOf?: ((order: ClaimedOrder) => TraceShape | undefined) | undefined;
  /** The last step on an order whose parts have ended, before it goes on. */
  finishJoin?: FinishJoin | undefined;
  logger: Logger;
}

/** What works on orders, and what it works with. */
export interface Worker extends PollerOptions {
  queue: OrderQueue;
  settle: Settle;
  /** Keeps the leases of orders in hand. */
  renew: Renew;
  /** Runs a handler when one of the slots is free. */
  slots: LimitFunction;
  /** How quick claims and handlers are. */
  pace: Pace;
  /** How long orders took lately. */
  latencies: RecentLatencies;
  /** Whether what handlers call is there. */
  circuit: Circuit;
  /** When aborted, orders in hand are given back instead of waited for. */
  release: AbortSignal;
}

export function createWorker(queue: OrderQueue, options: PollerOptions, release: AbortSignal): Worker {
  const { batchSize, concurrency } = options;
  return {
    ...options,
    queue,
    settle: createSettle(queue, release),
    renew: createRenew(queue),
    // A batch has its slot from the claim on, and its handlers run together.
    slots: pLimit(batchSize > 1 ? Number.POSITIVE_INFINITY : concurrency),
    pace: new Pace(),
    latencies: new RecentLatencies(),
    circuit: new Circuit(options),
    release,
  };
}
