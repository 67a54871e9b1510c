import { storedStatuses, type OrderDocument } from '@beyond-headers/contracts';
import type { Collection } from 'mongodb';

/** An order as a claim took it. */
type TakenOrder = OrderDocument & Required<Pick<OrderDocument, 'lease'>>;

/** After a frozen server responds again, it processes the requests in its sockets within this time. */
const STRAGGLER_MS = 5_000;

/** After an outage of hours, only the last claims can have reached a server. */
const MAX_LOST = 100;

interface LostClaim {
  token: string;
  /** The ids of the orders that were found under the token. */
  found: string[];
  /** When the database first responded after the loss, by this process's clock. */
  answeredAt?: number;
}

/**
 * Claims whose response was lost. The server may have taken orders for them, or may still take some. These orders belong to this
 * process. Unless it finds them, they wait until their lease ends, and an attempt counts that never began.
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

  /** Returns the orders that lost claims took, each of them once. Sends no query if no claim was lost. */
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
