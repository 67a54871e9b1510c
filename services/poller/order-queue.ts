import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { OrderDocument } from '@beyond-headers/contracts';
import type { Collection } from 'mongodb';

/** An order that this poller holds, until its lease ends. */
export interface ClaimedOrder extends OrderDocument {
  lease: NonNullable<OrderDocument['lease']>;
  /** When it was claimed, by the server's clock. */
  claimedAt: Date;
}

export interface QueueOptions {
  leaseMs: number;
  maxAttempts: number;
  retryBaseMs: number;
}

/** What became of a failed attempt. */
export type Failure = 'retry' | 'dead letter' | 'lease lost';

const OWNER = `${hostname()}/${process.pid}`;

/** The `orders` collection as a work queue: at least once, by the server's clock alone. */
export class OrderQueue {
  readonly #orders: Collection<OrderDocument>;
  readonly #options: QueueOptions;

  constructor(orders: Collection<OrderDocument>, options: QueueOptions) {
    this.#orders = orders;
    this.#options = options;
  }

  async createIndexes(): Promise<void> {
    await this.#orders.createIndex({ status: 1, availableAt: 1 });
  }

  /** Takes the order that waits longest, or one whose lease has ended. */
  async claim(): Promise<ClaimedOrder | undefined> {
    const until = { $add: ['$$NOW', this.#options.leaseMs] };
    const claimed = await this.#orders.findOneAndUpdate(
      { status: { $in: ['pending', 'processing'] }, $expr: { $lte: ['$availableAt', '$$NOW'] } },
      [
        {
          $set: {
            status: 'processing',
            attempts: { $add: ['$attempts', 1] },
            // A claimed order becomes available again when its lease ends: one field says both.
            availableAt: until,
            claimedAt: '$$NOW',
            lease: { token: randomUUID(), owner: OWNER, until },
          },
        },
      ],
      { sort: { availableAt: 1 }, returnDocument: 'after' },
    );
    return (claimed as ClaimedOrder | null) ?? undefined;
  }

  /** Ends the work; false when the lease was lost and another poller has the order. */
  async complete(order: ClaimedOrder, traceId: string): Promise<boolean> {
    const result = await this.#orders.updateOne(held(order), {
      $set: { status: 'fulfilled' },
      $addToSet: { traceIds: traceId },
      $push: { ledger: { key: 'fulfil', attempt: order.attempts, at: new Date() } },
      $unset: { lease: '', claimedAt: '', error: '' },
    });
    return result.modifiedCount === 1;
  }

  /** Gives the order back for a later attempt, or for good after the last one. */
  async fail(order: ClaimedOrder, error: Error, traceId: string): Promise<Failure> {
    const isLast = order.attempts >= this.#options.maxAttempts;
    const delayMs = this.#options.retryBaseMs * 2 ** (order.attempts - 1);
    const result = await this.#orders.updateOne(held(order), [
      {
        $set: {
          status: isLast ? 'failed' : 'pending',
          error: { $literal: error.message },
          availableAt: { $add: ['$$NOW', delayMs] },
          traceIds: { $setUnion: ['$traceIds', [traceId]] },
        },
      },
      { $unset: ['lease', 'claimedAt'] },
    ]);
    if (result.modifiedCount === 0) return 'lease lost';
    return isLast ? 'dead letter' : 'retry';
  }

  async countByStatus(): Promise<Record<string, number>> {
    const groups = this.#orders.aggregate<{ _id: string; count: number }>([{ $sortByCount: '$status' }]);
    return Object.fromEntries((await groups.toArray()).map(({ _id, count }) => [_id, count]));
  }
}

const held = (order: ClaimedOrder) => ({ _id: order._id, 'lease.token': order.lease.token });
