import { context, ROOT_CONTEXT, type Span } from '@opentelemetry/api';
import type { Logger } from '@beyond-headers/service-kit';
import { spanAsCarrier } from './history.ts';
import { heldUnder, type ClaimedOrder, type OrderQueue } from './order-queue.ts';

/**
 * An attempt that lasts longer than this has its span written into the lease, so that the next attempt can link to it
 * if this one is killed. Shorter ones are spared the write.
 */
const FIRST_BEAT_MS = 200;

/** After a beat that failed: the lease goes on ending while the database is away. */
const NEXT_TRY_MS = 500;

/** Moves the end of the lease on, by the server's clock. Resolves with how many of the orders are still held. */
export async function renewLease(
  { orders, leaseMs }: OrderQueue,
  held: readonly ClaimedOrder[],
  span?: Span,
): Promise<number> {
  const until = { $add: ['$$NOW', leaseMs] };
  const carrier = span && spanAsCarrier(span);
  const result = await orders.updateMany({ _id: { $in: idsOf(held) }, ...heldUnder(tokenOf(held)) }, [
    {
      $set: {
        availableAt: until,
        'lease.until': until,
        ...(carrier && { 'lease.context': { $literal: carrier } }),
      },
    },
  ]);
  return result.matchedCount;
}

export interface Heartbeat {
  span: Span;
  logger: Logger;
  /** Called once when an order belongs to another claim: what its handler does from then on counts for nothing. */
  onLost: () => void;
}

/**
 * Keeps a lease until the function it gives back is called: three beats a lease, so that two may be missed. A beat that fails
 * says nothing about the lease, also not after its time: it is lost when the database answers that another claim has the order.
 * Beats make no spans.
 */
export function holdLease(
  queue: OrderQueue,
  held: readonly ClaimedOrder[],
  { span, logger, onLost }: Heartbeat,
): () => void {
  const intervalMs = queue.leaseMs / 3;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const schedule = (ms: number) => {
    timer = setTimeout(() => void beat(), ms);
  };
  const beat = async () => {
    const count = await renewLease(queue, held, span).catch((error: unknown) => {
      logger.debug({ err: error }, 'a heartbeat failed');
      return undefined;
    });
    if (ended) return;
    if (count === undefined) schedule(Math.min(NEXT_TRY_MS, intervalMs));
    else if (count < held.length) onLost();
    else schedule(intervalMs);
  };
  // Timers keep the context that they were made in; the span in it would get every beat as a child.
  context.with(ROOT_CONTEXT, () => schedule(Math.min(FIRST_BEAT_MS, intervalMs)));
  return function endHeartbeat() {
    ended = true;
    clearTimeout(timer);
  };
}

export const idsOf = (held: readonly ClaimedOrder[]): string[] => held.map(({ _id }) => _id);

/** Orders that were claimed together share a token. */
export const tokenOf = (held: readonly ClaimedOrder[]): string => held[0]?.lease.token ?? '';
