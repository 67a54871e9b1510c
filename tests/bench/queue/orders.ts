import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { createLogger } from '@beyond-headers/service-kit';
import { MongoClient, type Collection } from 'mongodb';
import { startPoller, type Poller } from '../../../services/poller/poller.ts';
import { createIndexes } from '../../../services/poller/queue/indexes.ts';
import { createOrderQueue, type OrderQueue } from '../../../services/poller/queue/order-queue.ts';
import type { PollerOptions } from '../../../services/poller/worker.ts';
import { PAYLOAD } from './peers/programs/harness.mjs';

/** Settings that all sides of a comparison share. */
export const CONCURRENCY = 8;
export const POLL_INTERVAL_MS = 1_000;

export const SETTINGS = {
  leaseMs: 30_000,
  maxAttempts: 5,
  retryBaseMs: 1_000,
  retryMaxMs: 60_000,
  pollIntervalMs: POLL_INTERVAL_MS,
  concurrency: CONCURRENCY,
  batchSize: 1,
  stopGraceMs: 5_000,
};

/** A queue in its own database, empty at first. */
export interface BenchQueue extends OrderQueue {
  fill(count: number, status?: OrderDocument['status']): Promise<void>;
  poller(options?: Partial<PollerOptions>): Poller;
  drop(): Promise<void>;
}

let made = 0;

export async function emptyQueue(uri: string): Promise<BenchQueue> {
  const client = new MongoClient(uri);
  const database = client.db(`bench_${made++}`);
  const orders: Collection<OrderDocument> = database.collection(ORDERS_COLLECTION);
  const queue = createOrderQueue(orders, SETTINGS);
  await createIndexes(queue);
  return {
    ...queue,
    fill: async (count, status = 'pending') => {
      for (let from = 0; from < count; from += 10_000) {
        await orders.insertMany(documents(from, Math.min(count, from + 10_000), status));
      }
    },
    poller: (options) =>
      startPoller({
        ...SETTINGS,
        orders,
        handle: async () => {},
        logger: createLogger('bench', 'silent'),
        ...options,
      }),
    drop: async () => {
      await database.dropDatabase();
      await client.close();
    },
  };
}

function documents(from: number, to: number, status: OrderDocument['status']): OrderDocument[] {
  const at = new Date(Date.now() - 60_000);
  return Array.from({ length: to - from }, (_, index) => ({
    ...waitingOrder(`${status}-${from + index}`),
    status,
    createdAt: at,
    availableAt: new Date(at.getTime() + ((from + index) % 1_000)),
  }));
}

/** Returns an order that waits for its first attempt. */
export const waitingOrder = (_id: string): OrderDocument => ({
  ...PAYLOAD,
  _id,
  report: false,
  status: 'pending',
  createdAt: new Date(),
  availableAt: new Date(0),
  attempts: 0,
  traceIds: [],
});
