import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import type { Logger } from '@beyond-headers/service-kit';

/**
 * An attempt that lasts longer than this has its span written into the lease, so that the next attempt can link to it
 * if this one is killed. Shorter ones are spared the write.
 */
const FIRST_BEAT_MS = 200;

/** After a beat that failed: the lease goes on ending while the database is away. */
const NEXT_BEAT_MS = 500;

interface Heartbeat {
  leaseMs: number;
  /** Moves the end of the lease on; resolves with whether it is still held. */
  renew: () => Promise<boolean>;
  /** Called once when the lease belongs to another claim: what is done from then on counts for nothing. */
  onLost: () => void;
  logger: Logger;
}

/**
 * Keeps a lease until the function it gives back is called: three beats a lease, so that two may be missed. A beat that fails
 * says nothing about the lease, also not after its time: it is lost when the database answers that another claim has the order.
 * Beats make no spans.
 */
export function startHeartbeat({ leaseMs, renew, onLost, logger }: Heartbeat): () => void {
  const intervalMs = leaseMs / 3;
  let timer: NodeJS.Timeout | undefined;
  let hasEnded = false;
  const schedule = (ms: number) => {
    timer = setTimeout(() => void beat(), Math.min(ms, intervalMs));
  };
  const beat = async () => {
    const isHeld = await renew().catch((error: unknown) => {
      logger.debug({ err: error }, 'a heartbeat failed');
      return undefined;
    });
    if (hasEnded) return;
    if (isHeld === false) onLost();
    else schedule(isHeld ? intervalMs : NEXT_BEAT_MS);
  };
  // Timers keep the context that they were made in; the span in it would get every beat as a child.
  context.with(ROOT_CONTEXT, () => schedule(FIRST_BEAT_MS));
  return function endHeartbeat() {
    hasEnded = true;
    clearTimeout(timer);
  };
}
