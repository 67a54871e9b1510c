import type { OrderQueue } from './order-queue.ts';

/** What a claim looks along: one key of each status at the most, however many orders wait or are done. */
export const CLAIM_INDEX = { status: 1, availableAt: 1 } as const;

/** Does nothing when the index is there. */
export async function createIndexes({ orders }: OrderQueue): Promise<void> {
  await orders.createIndex(CLAIM_INDEX);
}
