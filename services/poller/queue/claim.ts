import { randomUUID } from 'node:crypto';
import { storedStatuses, type OrderDocument } from '@beyond-headers/contracts';
import type { Document, Filter, FindOneAndUpdateOptions } from 'mongodb';
import { countOf, dateOrNow, statusOfItsKind } from './expressions.ts';
import { historyWithEndedLease } from './history.ts';
import { BY_ID, type ClaimedOrder, type OrderQueue, type Seen } from './order-queue.ts';

/** How often a claim searches again after other pollers took all the orders that it had found. */
const MAX_LOST_RACES = 3;

/** Matches orders that can be claimed. Uses `$$NOW`, the server's clock, so that pollers whose clocks differ agree. */
export const available: Filter<OrderDocument> = {
  status: { $in: [...storedStatuses('pending'), ...storedStatuses('processing')] },
  $expr: { $lte: ['$availableAt', '$$NOW'] },
};

/** The options of a claim. */
interface Wanted {
  /** Claims only orders that match. */
  only?: Filter<OrderDocument>;
  /** How many of the orders begin at once. The rest are claimed ahead. Default: all begin. */
  begin?: number;
}

/** Claims up to `count` orders from those that have waited longest. */
export function claim(queue: OrderQueue, count: number, wanted: Wanted = {}): Promise<ClaimedOrder[]> {
  return count === 1 ? takeOldest(queue, wanted.only) : takeMany(queue, count, wanted);
}

function takeOldest(queue: OrderQueue, only?: Filter<OrderDocument>): Promise<ClaimedOrder[]> {
  if (only) return takeOne(queue, { $and: [available, only] });
  queue.lookAhead.forget();
  return queue.front.look(1, (since) => takeOne(queue, dueSince(since)), dueOf);
}

/** Returns undefined for a malformed document without a date, whose lease has the time of the claim instead. */
const dueOf = ({ lease: { availableSince, claimedAt } }: ClaimedOrder): Date | undefined =>
  availableSince < claimedAt ? availableSince : undefined;

async function takeOne(
  queue: OrderQueue,
  due: Filter<OrderDocument>,
  by: FindOneAndUpdateOptions = { sort: { availableAt: 1 } },
): Promise<ClaimedOrder[]> {
  const token = randomUUID();
  const order = await queue.lostClaims.watch(token, () =>
    queue.orders.findOneAndUpdate(due, claimStages(queue, token), { ...by, returnDocument: 'after' }),
  );
  return order ? [order as ClaimedOrder] : [];
}

/**
 * Claims any number of orders in three round trips: search, take, and read. A busy poller without competitors searches for the next claim
 * while it reads. If pollers compete for an order, the first one that takes it has it.
 */
async function takeMany(
  queue: OrderQueue,
  count: number,
  { only, begin = count }: Wanted,
): Promise<ClaimedOrder[]> {
  for (let race = 0; race <= MAX_LOST_RACES; race++) {
    const toRead = count * queue.spread.factor;
    const ahead = only ? [] : await queue.lookAhead.take();
    const seen = ahead.length > 0 ? ahead.slice(0, toRead) : await look(queue, toRead, only);
    if (seen.length === 0) return [];
    const chosen = choose(seen, count, begin);
    // Competitors would take the orders that are found ahead.
    const isBusyAlone = seen.length === count && begin < count && !only;
    const taken = await takeThese(queue, chosen, () => {
      if (isBusyAlone) queue.lookAhead.begin(() => look(queue, count));
    });
    queue.spread.took(taken.length, chosen.length);
    if (taken.length > 0) return taken;
  }
  return [];
}

function look({ orders, front }: OrderQueue, count: number, only?: Filter<OrderDocument>): Promise<Seen[]> {
  const projection = { availableAt: 1, status: 1 };
  const find = (due: Filter<OrderDocument>) =>
    orders.find<Seen>(due, { projection }).sort({ availableAt: 1 }).limit(count).toArray();
  if (only) return find({ $and: [available, only] });
  return front.look(
    count,
    (since) => find(dueSince(since)),
    ({ availableAt }) => availableAt,
  );
}

const dueSince = (since: Date | undefined): Filter<OrderDocument> =>
  since ? { ...available, availableAt: { $gte: since } } : available;

/** @param onTaken called after the orders are taken, and before they are read */
function takeThese(queue: OrderQueue, ids: string[], onTaken: () => void): Promise<ClaimedOrder[]> {
  const [only, ...others] = ids;
  // A single order needs only one round trip instead of two.
  if (others.length === 0) return takeOne(queue, { _id: only!, ...available }, { hint: BY_ID });
  const token = randomUUID();
  const chosen = { _id: { $in: ids } };
  return queue.lostClaims.watch(token, async () => {
    const { modifiedCount } = await queue.orders.updateMany(
      { ...chosen, ...available },
      claimStages(queue, token),
      { hint: BY_ID },
    );
    if (modifiedCount === 0) return [];
    onTaken();
    return (await queue.orders.find({ ...chosen, 'lease.token': token }).toArray()) as ClaimedOrder[];
  });
}

/** Claims nothing ahead with an order whose worker died: it may be the reason, and orders claimed with it lose an attempt each time. */
function choose(seen: readonly Seen[], count: number, begin: number): string[] {
  const picked = pick(seen, count);
  const chosen = picked.some(isOfDeadWorker) ? picked.slice(0, Math.max(1, begin)) : picked;
  return chosen.map(({ _id }) => _id);
}

/** Such an order is available only because its lease has ended. */
const isOfDeadWorker = ({ status }: Seen): boolean => storedStatuses('processing').includes(status);

/** Picks consecutive orders from a random position, so that pollers pick different orders, each in queue order. */
function pick(seen: readonly Seen[], count: number): Seen[] {
  const blocks = Math.ceil(seen.length / count);
  const start = Math.floor(Math.random() * blocks) * count;
  const from = Math.max(0, Math.min(start, seen.length - count));
  return seen.slice(from, from + count);
}

/** Returns a single stage, so that each expression sees the order as it was before the claim. */
function claimStages(queue: OrderQueue, token: string): Document[] {
  const until = endOfLease(queue);
  const leaseEnded = { $in: ['$status', storedStatuses('processing')] };
  // The worker of the last allowed attempt died: this claim begins no attempt, and gives up the order.
  const isLost = { $and: [leaseEnded, { $gte: [countOf('attempts'), queue.maxAttempts] }] };
  const lease = { token, owner: queue.owner, availableSince: dateOrNow('availableAt'), claimedAt: '$$NOW' };
  return [
    {
      $set: {
        status: statusOfItsKind('processing'),
        attempts: { $add: [countOf('attempts'), { $cond: [isLost, 0, 1] }] },
        availableAt: until,
        // `$mergeObjects`, because `$set` with a sub-document would keep fields of the previous lease.
        lease: { $mergeObjects: [{ ...lease, until }] },
        history: { $cond: [leaseEnded, historyWithEndedLease, { $ifNull: ['$history', '$$REMOVE'] }] },
      },
    },
  ];
}

/** Returns when a lease ends that is taken or renewed at `$$NOW`. */
export const endOfLease = ({ leaseMs }: OrderQueue): Document => ({ $add: ['$$NOW', leaseMs] });
