import { setTimeout as delay } from 'node:timers/promises';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { connectAgain, type Logger } from '@beyond-headers/service-kit';
import { MongoClient, type Collection } from 'mongodb';
import { startPollLoop, type LoopSettings, type PollLoop } from './loop.ts';
import { backoffMs } from './queue/backoff.ts';
import { createIndexes } from './queue/indexes.ts';
import { createOrderQueue, type OrderQueue, type QueueSettings } from './queue/order-queue.ts';
import { watchOrders, type OrderStream } from './queue/order-stream.ts';
import type { TraceOptions } from './trace-start.ts';
import type { Handler } from './work.ts';

const INDEX_RETRY_BASE_MS = 500;
const INDEX_RETRY_MAX_MS = 30_000;

export interface PollerOptions extends QueueSettings, LoopSettings, TraceOptions {
  orders: Collection<OrderDocument>;
  handle: Handler;
  logger: Logger;
  /** Where a change stream wakes the poller; without it polling alone finds orders. */
  wakeUp?: { uri: string; database: string } | undefined;
}

/** A running poller. */
export interface Poller {
  queue: OrderQueue;
  loop: PollLoop;
  stream: OrderStream | undefined;
  /** Takes no new orders, finishes or gives back those in hand. Never rejects. */
  stop: () => Promise<void>;
}

/** Starts to work on orders. Needs no database to start with: it finds it when it comes. */
export function startPoller(options: PollerOptions): Poller {
  const { handle, logger, traceMaxAgeMs, shapeOf, wakeUp } = options;
  const queue = createOrderQueue(options.orders, options);
  const loop = startPollLoop({ queue, handle, logger, traceMaxAgeMs, shapeOf }, options);
  const stopping = new AbortController();
  const stream = wakeUp && context.with(ROOT_CONTEXT, () => openStream(wakeUp, () => loop.wake(), logger));
  const indexed = context.with(ROOT_CONTEXT, () => ensureIndexes(queue, logger, stopping.signal));
  return {
    queue,
    loop,
    stream,
    stop: async () => {
      stopping.abort();
      await Promise.all([loop.stop(), stream?.close(), indexed]);
    },
  };
}

/** A client of its own: the time-out that bounds every other operation would cut the wait for the next change. */
function openStream({ uri, database }: { uri: string; database: string }, wake: () => void, logger: Logger) {
  const client = new MongoClient(uri, {
    appName: 'poller wake-up',
    maxPoolSize: 2,
    serverSelectionTimeoutMS: 1_500,
  });
  const stopping = new AbortController();
  connectAgain(client, stopping.signal);
  const orders = client.db(database).collection<OrderDocument>(ORDERS_COLLECTION);
  const stream = watchOrders(orders, wake, logger);
  const close = async () => {
    stopping.abort();
    // Together: a stream that the driver resumed after an outage waits in its close for the end of the server's await.
    await Promise.all([stream.close(), client.close()]);
  };
  return { ...stream, close };
}

/** Beside the polling, which works without an index too, only slowly: nothing waits for a database that is away. */
async function ensureIndexes(queue: OrderQueue, logger: Logger, signal: AbortSignal): Promise<void> {
  for (let failures = 1; !signal.aborted; failures++) {
    try {
      await createIndexes(queue);
      return;
    } catch (error) {
      logger[failures === 1 ? 'warn' : 'debug'](
        { err: error },
        'no index yet; trying again until it is there',
      );
    }
    const pause = backoffMs(failures, INDEX_RETRY_BASE_MS, INDEX_RETRY_MAX_MS);
    await delay(pause, undefined, { signal }).catch(() => {});
  }
}
