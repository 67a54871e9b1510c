import type { Logger } from '@beyond-headers/service-kit';
import { backOff } from './backoff.ts';
import type { OrderQueue } from './order-queue.ts';

const RETRY_BASE_MS = 500;
const RETRY_MAX_MS = 30_000;

/** The index of claims. The oldest order is found with at most one key of each status, however many orders wait or have ended. */
export const CLAIM_INDEX = { status: 1, availableAt: 1 } as const;

/** The index with which a report sums up all orders of one customer. */
const CUSTOMER_INDEX = { customer: 1 } as const;

/** Creates the indexes. Does nothing if they exist. */
export async function createIndexes({ orders }: OrderQueue): Promise<void> {
  await orders.createIndexes([{ key: CLAIM_INDEX }, { key: CUSTOMER_INDEX }]);
}

/** Creates the indexes in the background, with retries. Polling works without them, only slowly. Never rejects. */
export async function ensureIndexes(queue: OrderQueue, logger: Logger, signal: AbortSignal): Promise<void> {
  for (let failures = 1; !signal.aborted; failures++) {
    try {
      await createIndexes(queue);
      return;
    } catch (err) {
      logger[failures === 1 ? 'warn' : 'debug']({ err }, 'no index yet; trying again until it is there');
    }
    await backOff(failures, RETRY_BASE_MS, RETRY_MAX_MS, signal);
  }
}
