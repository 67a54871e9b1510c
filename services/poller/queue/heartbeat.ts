import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import type { Logger } from '@beyond-headers/service-kit';

/**
 * After this time, the span of an attempt is written into the lease, so that the next attempt can link to it if this one
 * is killed. Shorter attempts need no such write.
 */
const FIRST_BEAT_MS = 200;

/** The delay after a failed beat. It is short, because the lease runs out while the database is unavailable. */
const NEXT_BEAT_MS = 500;

interface Heartbeat {
  leaseMs: number;
  /** Renews the lease. Resolves with whether it is still held. */
  renew: () => Promise<boolean>;
  /** Called once when the lease belongs to another claim. Work after that is discarded. */
  onLost: () => void;
  logger: Logger;
}

/**
 * Renews a lease three times in its duration, so that two beats may fail. Returns a function that ends the heartbeat. A failed beat
 * doesn't mean that the lease is lost, even after its end: it is lost when the database responds that another claim has the order.
 * Beats create no spans.
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
  // Timers keep the context in which they were created, whose span would become the parent of every beat.
  context.with(ROOT_CONTEXT, () => schedule(FIRST_BEAT_MS));
  return function endHeartbeat() {
    hasEnded = true;
    clearTimeout(timer);
  };
}
