import type { OrderDocument } from '@beyond-headers/contracts';
import type { TraceShape } from '@beyond-headers/propagation';
import type { Logger } from '@beyond-headers/service-kit';
import type { Collection } from 'mongodb';
import pLimit, { type LimitFunction } from 'p-limit';
import { Circuit } from './circuit.ts';
import type { Handler } from './handler.ts';
import { Pace } from './pace.ts';
import type { ClaimedOrder, OrderQueue, QueueSettings } from './queue/order-queue.ts';
import { createSettle, type Settle } from './queue/settle.ts';

export interface PollerOptions extends QueueSettings {
  orders: Collection<OrderDocument>;
  handle: Handler;
  logger: Logger;
  /** How often an idle poller looks for orders. */
  pollIntervalMs: number;
  /** URI of the MongoDB whose change stream wakes the poller before that; without it polling alone finds orders. */
  wakeUp?: string | undefined;
  /** How many handlers run at a time; with batches, how many batches. */
  concurrency: number;
  /** Orders that share a handler span and a settlement; 1 gives each order its own. */
  batchSize: number;
  /** How long a stop waits for orders in hand before it gives them back. */
  stopGraceMs: number;
  /** From which age on an order gets a trace of its own that links to the one it came from; unset: never. */
  traceMaxAgeMs?: number | undefined;
  /** How an attempt hangs on the context in its order; `parent` when absent. */
  shapeOf?: ((order: ClaimedOrder) => TraceShape) | undefined;
}

/** Who works on orders, with what. */
export interface Worker extends PollerOptions {
  queue: OrderQueue;
  settle: Settle;
  /** Runs a handler when one of the slots is free. */
  slots: LimitFunction;
  /** How quick claims and handlers are. */
  pace: Pace;
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
    // A batch has its slot from the claim on, and its handlers run together.
    slots: pLimit(batchSize > 1 ? Number.POSITIVE_INFINITY : concurrency),
    pace: new Pace(),
    circuit: new Circuit(options),
    release,
  };
}
