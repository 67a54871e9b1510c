import { randomUUID } from 'node:crypto';
import { storedStatuses, type OrderDocument } from '@beyond-headers/contracts';
import type { Document, Filter } from 'mongodb';
import { countOf, dateOrNow, statusOfItsKind } from './expressions.ts';
import { historyWithEndedLease } from './history.ts';
import type { ClaimedOrder, OrderQueue } from './order-queue.ts';

/** How often a batch looks again when other pollers took all that it had seen. */
const MAX_LOST_RACES = 3;

/** By `$$NOW`, the server's clock, so that pollers whose clocks differ agree. */
export const available: Filter<OrderDocument> = {
  status: { $in: [...storedStatuses('pending'), ...storedStatuses('processing')] },
  $expr: { $lte: ['$availableAt', '$$NOW'] },
};

/** Takes up to `count` orders, of those that the filter matches: the one that waits longest, or several of those that do. */
export function claim(
  queue: OrderQueue,
  count: number,
  only?: Filter<OrderDocument>,
): Promise<ClaimedOrder[]> {
  const due = only ? { $and: [available, only] } : available;
  return count === 1 ? takeOne(queue, due) : takeMany(queue, count, due);
}

async function takeOne(queue: OrderQueue, due: Filter<OrderDocument>): Promise<ClaimedOrder[]> {
  const token = randomUUID();
  const options = { sort: { availableAt: 1 }, returnDocument: 'after' } as const;
  const order = await queue.lostClaims.watch(token, () =>
    queue.orders.findOneAndUpdate(due, claimStages(queue, token), options),
  );
  return order ? [order as ClaimedOrder] : [];
}

/** Three round trips for any number of orders: look, take, read. The poller that takes an order first has it; the rest are left to others. */
async function takeMany(
  queue: OrderQueue,
  count: number,
  due: Filter<OrderDocument>,
): Promise<ClaimedOrder[]> {
  for (let race = 0; race <= MAX_LOST_RACES; race++) {
    const seen = await queue.orders
      .find(due, { projection: { _id: 1 } })
      .sort({ availableAt: 1 })
      .limit(count * queue.spread.factor)
      .toArray();
    if (seen.length === 0) return [];
    const chosen = pick(seen, count);
    const taken = await takeThese(queue, chosen);
    queue.spread.took(taken.length, chosen.length);
    if (taken.length > 0) return taken;
  }
  return [];
}

function takeThese(queue: OrderQueue, ids: string[]): Promise<ClaimedOrder[]> {
  const token = randomUUID();
  const chosen = { _id: { $in: ids } };
  return queue.lostClaims.watch(token, async () => {
    const { modifiedCount } = await queue.orders.updateMany(
      { ...chosen, ...available },
      claimStages(queue, token),
      { hint: { _id: 1 } },
    );
    if (modifiedCount === 0) return [];
    return (await queue.orders.find({ ...chosen, 'lease.token': token }).toArray()) as ClaimedOrder[];
  });
}

/** A run of neighbours from a random place: in order among themselves, and different from poller to poller. */
function pick(seen: Array<{ _id: string }>, count: number): string[] {
  const blocks = Math.ceil(seen.length / count);
  const start = Math.floor(Math.random() * blocks) * count;
  const from = Math.max(0, Math.min(start, seen.length - count));
  return seen.slice(from, from + count).map(({ _id }) => _id);
}

/** In one stage, so that each expression sees the order as it was before. */
function claimStages(queue: OrderQueue, token: string): Document[] {
  const until = endOfLease(queue);
  const leaseEnded = { $in: ['$status', storedStatuses('processing')] };
  // The worker of the last attempt died, as those before it: there is no other attempt, and this claim gives the order up.
  const isLost = { $and: [leaseEnded, { $gte: [countOf('attempts'), queue.maxAttempts] }] };
  const lease = { token, owner: queue.owner, availableSince: dateOrNow('availableAt'), claimedAt: '$$NOW' };
  return [
    {
      $set: {
        status: statusOfItsKind('processing'),
        attempts: { $add: [countOf('attempts'), { $cond: [isLost, 0, 1] }] },
        availableAt: until,
        // Merged with nothing: `$set` of a sub-document would keep the fields of the lease before.
        lease: { $mergeObjects: [{ ...lease, until }] },
        history: { $cond: [leaseEnded, historyWithEndedLease, { $ifNull: ['$history', '$$REMOVE'] }] },
      },
    },
  ];
}

/** When a lease that is taken, or moved on, now ends. */
export const endOfLease = ({ leaseMs }: OrderQueue): Document => ({ $add: ['$$NOW', leaseMs] });
