import type { OrderQueue } from './order-queue.ts';

/** What a claim looks along: one key of each status at the most, however many orders wait or are done. */
export const CLAIM_INDEX = { status: 1, availableAt: 1 } as const;

/** What a report sums up along: all orders of one customer. */
const CUSTOMER_INDEX = { customer: 1 } as const;

/** Does nothing when the indexes are there. */
export async function createIndexes({ orders }: OrderQueue): Promise<void> {
  await orders.createIndexes([{ key: CLAIM_INDEX }, { key: CUSTOMER_INDEX }]);
}
