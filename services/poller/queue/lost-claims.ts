import { storedStatuses, type OrderDocument } from '@beyond-headers/contracts';
import type { Collection } from 'mongodb';

/** An order as a claim took it. */
type TakenOrder = OrderDocument & Required<Pick<OrderDocument, 'lease'>>;

/** A server that was frozen works off what stood in its sockets within this time after it answers again. */
const STRAGGLER_MS = 5_000;

/** Of an outage of hours only the last claims can have met a server. */
const MAX_LOST = 100;

interface LostClaim {
  token: string;
  /** Orders that were found under it. */
  found: string[];
  /** When the database answered for the first time after the loss, on this process' clock. */
  answeredAt?: number;
}

/**
 * Claims whose answer did not come. The server may have taken orders for them, or may yet take them. These orders belong to this
 * process. Unless it finds them, they wait for the end of a lease, with an attempt counted that no one began.
 */
export class LostClaims {
  #lost: LostClaim[] = [];

  /** Runs a claim under a token, and remembers the token when it fails. */
  async watch<T>(token: string, claim: () => Promise<T>): Promise<T> {
    try {
      return await claim();
    } catch (error) {
      this.#lost = [...this.#lost, { token, found: [] }].slice(-MAX_LOST);
      throw error;
    }
  }

  /** The orders that lost claims took, each of them once. Costs nothing when no claim was lost. */
  async find(orders: Collection<OrderDocument>): Promise<TakenOrder[]> {
    if (this.#lost.length === 0) return [];
    const tokens = this.#lost.map(({ token }) => token);
    const known = this.#lost.flatMap(({ found }) => found);
    const found = (await orders
      .find({
        status: { $in: storedStatuses('processing') },
        'lease.token': { $in: tokens },
        _id: { $nin: known },
      })
      .toArray()) as TakenOrder[];
    this.#note(found);
    return found;
  }

  #note(orders: readonly TakenOrder[]): void {
    const now = performance.now();
    for (const claim of this.#lost) {
      claim.answeredAt ??= now;
      claim.found.push(...orders.filter(({ lease }) => lease.token === claim.token).map(({ _id }) => _id));
    }
    this.#lost = this.#lost.filter(({ answeredAt = now }) => now - answeredAt < STRAGGLER_MS);
  }
}
