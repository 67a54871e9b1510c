import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { awaitApproval } from './await-approval.ts';
import { PollLoop } from './loop.ts';
import { ensureIndexes } from './queue/indexes.ts';
import { awaitParts } from './parts/await-parts.ts';
import { sweepJoins } from './parts/join-sweep.ts';
import { createOrderQueue, type OrderQueue } from './queue/order-queue.ts';
import { OrderStream } from './queue/order-stream.ts';
import { recur } from './recur.ts';
import type { PollerOptions } from './worker.ts';

/** A running poller. */
export interface Poller {
  queue: OrderQueue;
  loop: PollLoop;
  stream: OrderStream | undefined;
  /** Stops claiming orders, and finishes or releases those in hand. Never rejects. */
  stop: () => Promise<void>;
}

/** Starts to process orders. The database may become available later. */
export function startPoller(options: PollerOptions): Poller {
  // The poller must not inherit the context of its caller: each order starts from its own.
  return context.with(ROOT_CONTEXT, () => start(options));
}

function start(options: PollerOptions): Poller {
  const { orders, logger, wakeUp } = options;
  const queue = createOrderQueue(orders, options);
  const handle = awaitApproval(recur(awaitParts(options.handle, orders)));
  const loop = new PollLoop(queue, { ...options, handle });
  const stream =
    wakeUp === undefined ? undefined : new OrderStream(wakeUp, orders, () => loop.wake(), logger);
  const stopping = new AbortController();
  const indexed = ensureIndexes(queue, logger, stopping.signal);
  const swept = sweepJoins(orders, options.finishJoin, logger, stopping.signal);
  return {
    queue,
    loop,
    stream,
    stop: async () => {
      stopping.abort();
      await Promise.all([loop.stop(), stream?.close(), indexed, swept]);
    },
  };
}
