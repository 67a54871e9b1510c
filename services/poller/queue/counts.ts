import { orderStatus, storedStatuses, type OrderStatus } from '@beyond-headers/contracts';
import type { OrderQueue } from './order-queue.ts';

/** Orders by status, counted on the index. */
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
 * How long the oldest due order has waited, in milliseconds of the server's clock; 0 when none waits. It is found on the index of
 * claims, and also before that index is there.
 */
export async function oldestAgeMs({ orders }: OrderQueue): Promise<number> {
  const [oldest] = await orders
    .aggregate<{ ageMs: number }>([
      // Of a wrong type it would be the oldest for ever.
      { $match: { status: { $in: storedStatuses('pending') }, availableAt: { $type: 'date' } } },
      { $sort: { availableAt: 1 } },
      { $limit: 1 },
      { $project: { _id: 0, ageMs: { $subtract: ['$$NOW', '$availableAt'] } } },
    ])
    .toArray();
  return Math.max(0, oldest?.ageMs ?? 0);
}
