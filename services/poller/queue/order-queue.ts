import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { storedStatuses, type Lease, type OrderDocument } from '@beyond-headers/contracts';
import type { Collection, Filter } from 'mongodb';
import type { PollerSettings } from '../config.ts';
import { Front } from './front.ts';
import { LookAhead } from './look-ahead.ts';
import { LostClaims } from './lost-claims.ts';
import { Spread } from './spread.ts';

/**
 * The `orders` collection as a work queue with at-least-once delivery. All times are by the server's clock.
 *
 * - **available**: pending and due, or claimed under a lease that has ended; the field `availableAt` covers both cases
 * - **claim**: take an available order under a **lease**, a time in which no other poller can claim it
 * - **token**: identifies one claim; only its holder can **settle** the order (complete, retry, give up, release, park)
 * - **parked**: stopped until an approval, the end of its last part, or the time of its next run
 * - **dead letter**: an order that failed for good; it keeps its carrier and the record of every attempt
 */
export interface OrderQueue extends Pick<
  PollerSettings,
  'leaseMs' | 'maxAttempts' | 'retryBaseMs' | 'retryMaxMs'
> {
  orders: Collection<OrderDocument>;
  /** The name of the claiming worker, for people who read a lease: host and process. */
  owner: string;
  lostClaims: LostClaims;
  front: Front;
  lookAhead: LookAhead<Seen>;
  spread: Spread;
}

/** What a claim knows about an order before it takes it. */
export type Seen = Pick<OrderDocument, '_id' | 'availableAt' | 'status'>;

/** An order under a lease of this process. */
export interface ClaimedOrder extends OrderDocument {
  lease: Lease;
}

export function createOrderQueue(orders: Collection<OrderDocument>, settings: PollerSettings): OrderQueue {
  const owner = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  return {
    ...settings,
    orders,
    owner,
    lostClaims: new LostClaims(),
    front: new Front(),
    lookAhead: new LookAhead(),
    spread: new Spread(),
  };
}

export const idsOf = (orders: readonly ClaimedOrder[]): string[] => orders.map(({ _id }) => _id);

/** Orders that were claimed together share a token. */
export const tokenOf = (orders: readonly ClaimedOrder[]): string => orders[0]?.lease.token ?? '';

/** The index hint for orders whose ids are known, so that the server tries no other index. */
export const BY_ID = { _id: 1 } as const;

/** Matches orders only while they are processed under the lease of their claim: the fence of every write of a worker. */
export const underLease = (orders: readonly ClaimedOrder[]): Filter<OrderDocument> => ({
  _id: { $in: idsOf(orders) },
  'lease.token': tokenOf(orders),
  status: { $in: storedStatuses('processing') },
});
