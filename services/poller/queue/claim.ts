import { randomUUID } from 'node:crypto';
import { storedStatuses, type OrderDocument } from '@beyond-headers/contracts';
import type { Document, Filter, FindOneAndUpdateOptions } from 'mongodb';
import { countOf, dateOrNow, statusOfItsKind } from './expressions.ts';
import { historyWithEndedLease } from './history.ts';
import { BY_ID, type ClaimedOrder, type OrderQueue, type Seen } from './order-queue.ts';

/** How often a batch looks again when other pollers took all that it had seen. */
const MAX_LOST_RACES = 3;

/** By `$$NOW`, the server's clock, so that pollers whose clocks differ agree. */
export const available: Filter<OrderDocument> = {
  status: { $in: [...storedStatuses('pending'), ...storedStatuses('processing')] },
  $expr: { $lte: ['$availableAt', '$$NOW'] },
};

/** What a claim takes beside a number of orders. */
interface Wanted {
  /** Only orders that it matches. */
  only?: Filter<OrderDocument>;
  /** So many of the orders begin at once, the rest are claimed ahead. Default: all begin. */
  begin?: number;
}

/** Takes up to `count` orders: the one that waits longest, or several of those that do. */
export function claim(queue: OrderQueue, count: number, wanted: Wanted = {}): Promise<ClaimedOrder[]> {
  return count === 1 ? takeOldest(queue, wanted.only) : takeMany(queue, count, wanted);
}

function takeOldest(queue: OrderQueue, only?: Filter<OrderDocument>): Promise<ClaimedOrder[]> {
  if (only) return takeOne(queue, { $and: [available, only] });
  queue.lookAhead.forget();
  return queue.front.look(1, (since) => takeOne(queue, dueSince(since)), dueOf);
}

/** Where a malformed document has no date, its lease has the time of the claim. */
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
 * Three round trips for any number of orders: look, take, read; a busy poller that is alone looks while it reads. The poller that takes an
 * order first has it; the rest are left to others.
 */
async function takeMany(
  queue: OrderQueue,
  count: number,
  { only, begin = count }: Wanted,
): Promise<ClaimedOrder[]> {
  for (let race = 0; race <= MAX_LOST_RACES; race++) {
    const seen = await see(queue, count * queue.spread.factor, only);
    if (seen.length === 0) return [];
    const chosen = choose(seen, count, begin);
    // Others would take what is seen ahead.
    const isBusyAlone = seen.length === count && begin < count && !only;
    const taken = await takeThese(queue, chosen, () => {
      if (isBusyAlone) queue.lookAhead.begin(() => look(queue, count));
    });
    queue.spread.took(taken.length, chosen.length);
    if (taken.length > 0) return taken;
  }
  return [];
}

/** What the claim before saw already, or else what a look sees. */
async function see(queue: OrderQueue, count: number, only?: Filter<OrderDocument>): Promise<Seen[]> {
  const seen = only ? [] : await queue.lookAhead.take();
  return seen.length > 0 ? seen.slice(0, count) : look(queue, count, only);
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

/** @param onTaken called when these are taken, before they are read */
function takeThese(queue: OrderQueue, ids: string[], onTaken: () => void): Promise<ClaimedOrder[]> {
  const [only, ...others] = ids;
  // One round trip where many take two.
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

/** Orders whose worker died are not claimed ahead: one may be the reason, and those claimed beside it lose an attempt each time. */
function choose(seen: readonly Seen[], count: number, begin: number): string[] {
  const picked = pick(seen, count);
  const chosen = picked.some(isOfDeadWorker) ? picked.slice(0, Math.max(1, begin)) : picked;
  return chosen.map(({ _id }) => _id);
}

/** It is available only because its lease has ended. */
const isOfDeadWorker = ({ status }: Seen): boolean => storedStatuses('processing').includes(status);

/** A run of neighbours from a random place: in order among themselves, and different from poller to poller. */
function pick(seen: readonly Seen[], count: number): Seen[] {
  const blocks = Math.ceil(seen.length / count);
  const start = Math.floor(Math.random() * blocks) * count;
  const from = Math.max(0, Math.min(start, seen.length - count));
  return seen.slice(from, from + count);
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
