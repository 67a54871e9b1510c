import { orderStatus, storedStatuses, type OrderStatus } from '@beyond-headers/contracts';
import type { OrderQueue } from './order-queue.ts';

/** Counts the orders with each status, on the index. */
export async function countByStatus({ orders }: OrderQueue): Promise<Record<OrderStatus, number>> {
  const counts = await Promise.all(
    orderStatus.options.map(
      async (status) =>
        [status, await orders.countDocuments({ status: { $in: storedStatuses(status) } })] as const,
    ),
  );
  return Object.fromEntries(counts) as Record<OrderStatus, number>;
}

/**
 * Returns how long the oldest due order has waited, in milliseconds of the server's clock; 0 if none waits. Uses the index of claims,
 * but also works without it.
 */
export async function oldestAgeMs({ orders }: OrderQueue): Promise<number> {
  const [oldest] = await orders
    .aggregate<{ ageMs: number }>([
      // A value of a wrong type could be the oldest forever.
      { $match: { status: { $in: storedStatuses('pending') }, availableAt: { $type: 'date' } } },
      { $sort: { availableAt: 1 } },
      { $limit: 1 },
      { $project: { _id: 0, ageMs: { $subtract: ['$$NOW', '$availableAt'] } } },
    ])
    .toArray();
  return Math.max(0, oldest?.ageMs ?? 0);
}
