import { isMongoUnavailable } from '@beyond-headers/service-kit/mongo';
import type { Span } from '@opentelemetry/api';
import type { AnyBulkWriteOperation } from 'mongodb';
import type { OrderDocument } from '@beyond-headers/contracts';
import { endOfLease } from './claim.ts';
import { byOrder } from './expressions.ts';
import { GroupCommit } from './group-commit.ts';
import { spanAsCarrier } from './history.ts';
import { BY_ID, tokenOf, underLease, type ClaimedOrder, type OrderQueue } from './order-queue.ts';

/** Orders of one claim whose attempt continues, with the span of the attempt. */
export interface Renewal {
  held: readonly ClaimedOrder[];
  span: Span;
}

/** Renews the leases of orders. Resolves with whether all of the orders are still held. */
export type Renew = (held: readonly ClaimedOrder[], span: Span) => Promise<boolean>;

/** Combines simultaneous heartbeats into one write. Separate heartbeats of a poller with many orders would overload the database. */
export function createRenew(queue: OrderQueue): Renew {
  const beats = new GroupCommit((group: Renewal[]) => renewLeases(queue, group), isMongoUnavailable);
  return (held, span) => beats.write({ held, span });
}

/**
 * Renews leases. The span of each attempt goes into its lease, so that the next attempt can link to it if this one is killed.
 * Resolves, for each renewal, with whether all of its orders are still held.
 */
export async function renewLeases(queue: OrderQueue, renewals: readonly Renewal[]): Promise<boolean[]> {
  const { orders } = queue;
  const { matchedCount } = await orders.bulkWrite(toWrites(queue, renewals), { ordered: false });
  const held = renewals.flatMap((renewal) => renewal.held);
  if (matchedCount === held.length) return renewals.map(() => true);
  const found = await orders
    .find({ $or: byToken(renewals).map((together) => underLease(heldIn(together))) })
    .project<Pick<ClaimedOrder, '_id' | 'lease'>>({ 'lease.token': 1 })
    .toArray();
  const tokens = new Map(found.map(({ _id, lease }) => [_id, lease.token]));
  return renewals.map((renewal) => renewal.held.every(({ _id, lease }) => tokens.get(_id) === lease.token));
}

function toWrites(
  queue: OrderQueue,
  renewals: readonly Renewal[],
): Array<AnyBulkWriteOperation<OrderDocument>> {
  const until = endOfLease(queue);
  return byToken(renewals).map((together) => {
    const held = heldIn(together);
    const carriers = together.flatMap((renewal) => renewal.held.map(() => spanAsCarrier(renewal.span)));
    const context = { $ifNull: [byOrder(held, carriers), '$$REMOVE'] };
    const changes = { availableAt: until, 'lease.until': until, 'lease.context': context };
    return { updateMany: { filter: underLease(held), hint: BY_ID, update: [{ $set: changes }] } };
  });
}

/** Groups renewals by token, because each write has one token as its fence. */
const byToken = (renewals: readonly Renewal[]): Renewal[][] => [
  ...Map.groupBy(renewals, ({ held }) => tokenOf(held)).values(),
];

const heldIn = (renewals: readonly Renewal[]): ClaimedOrder[] => renewals.flatMap(({ held }) => held);
