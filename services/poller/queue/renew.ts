import { endOfLease } from './claim.ts';
import { groupCommit } from './group-commit.ts';
import { spanOfEach } from './history.ts';
import { underLease, type ClaimedOrder, type OrderQueue } from './order-queue.ts';
import { updateHeld, type Held } from './update-held.ts';

/** Renews the leases of orders. Resolves with whether all of the orders are still held. */
export type Renew = (held: Held) => Promise<boolean>;

/** Combines simultaneous heartbeats into one write. Separate heartbeats of a poller with many orders would overload the database. */
export const createRenew = (queue: OrderQueue): Renew =>
  groupCommit((renewals: Held[]) => renewLeases(queue, renewals));

/**
 * Renews leases. The span of each attempt goes into its lease, so that the next attempt can link to it if this one is killed.
 * Resolves, for each renewal, with whether all of its orders are still held.
 */
export async function renewLeases(queue: OrderQueue, renewals: readonly Held[]): Promise<boolean[]> {
  const until = endOfLease(queue);
  const areAllHeld = await updateHeld(queue, renewals, (held, spans) => ({
    availableAt: until,
    'lease.until': until,
    'lease.context': spanOfEach(held, spans),
  }));
  if (areAllHeld) return renewals.map(() => true);
  const found = await queue.orders
    .find({ $or: renewals.map(({ held }) => underLease(held)) })
    .project<Pick<ClaimedOrder, '_id' | 'lease'>>({ 'lease.token': 1 })
    .toArray();
  const tokens = new Map(found.map(({ _id, lease }) => [_id, lease.token]));
  return renewals.map(({ held }) => held.every(({ _id, lease }) => tokens.get(_id) === lease.token));
}
