import type { Logger } from '@beyond-headers/service-kit';
import { backOff } from './backoff.ts';
import type { OrderQueue } from './order-queue.ts';

const RETRY_BASE_MS = 500;
const RETRY_MAX_MS = 30_000;

/** What a claim looks along: one key of each status at most, however many orders wait or are done. */
export const CLAIM_INDEX = { status: 1, availableAt: 1 } as const;

/** What a report sums up along: all orders of one customer. */
const CUSTOMER_INDEX = { customer: 1 } as const;

/** Does nothing when the indexes are there. */
export async function createIndexes({ orders }: OrderQueue): Promise<void> {
  await orders.createIndexes([{ key: CLAIM_INDEX }, { key: CUSTOMER_INDEX }]);
}

/** Beside the polling, which works without an index too, only slowly: nothing waits for a database that is away. Never rejects. */
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
