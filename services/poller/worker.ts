import type { OrderDocument } from '@beyond-headers/contracts';
import type { TraceShape } from '@beyond-headers/propagation';
import type { Logger } from '@beyond-headers/service-kit';
import type { Collection, Filter } from 'mongodb';
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

/** The options of a poller. */
export interface PollerOptions extends PollerSettings {
  orders: Collection<OrderDocument>;
  handle: Handler;
  /** The orders that need the handler's dependency. They wait while it is unavailable, see `DependencyAway`. Default: all. */
  dependents?: Filter<OrderDocument>;
  /** Returns the shape of an attempt. Without one: `parent`, `link` for a scheduled run, and `holdShape` after a pause. */
  shapeOf?: ((order: ClaimedOrder) => TraceShape | undefined) | undefined;
  /** Makes the last changes to an order whose parts have ended, before it resumes. */
  finishJoin?: FinishJoin | undefined;
  logger: Logger;
}

/** The options of a poller, and the state that its attempts share. */
export interface Worker extends PollerOptions {
  queue: OrderQueue;
  settle: Settle;
  renew: Renew;
  /** Runs a handler when one of the slots is free. */
  slots: LimitFunction;
  pace: Pace;
  latencies: RecentLatencies;
  circuit: Circuit;
  /** When it aborts, orders in hand are released instead of finished. */
  release: AbortSignal;
}

export function createWorker(queue: OrderQueue, options: PollerOptions, release: AbortSignal): Worker {
  const { batchSize, concurrency } = options;
  return {
    ...options,
    queue,
    settle: createSettle(queue, release),
    renew: createRenew(queue),
    // A batch takes its slot when it is claimed, and its handlers run together.
    slots: pLimit(batchSize > 1 ? Number.POSITIVE_INFINITY : concurrency),
    pace: new Pace(),
    latencies: new RecentLatencies(),
    circuit: new Circuit(options),
    release,
  };
}
