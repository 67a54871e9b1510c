import type { Span } from '@opentelemetry/api';
import { DependencyAway, Unfulfillable } from './handler.ts';
import { backoffMs } from './queue/backoff.ts';
import { effectOnce } from './queue/effects.ts';
import { startHeartbeat } from './queue/heartbeat.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';
import type { Park } from './queue/park.ts';
import type { GivenBack } from './queue/settle.ts';
import type { Worker } from './worker.ts';

/** How long an order that was claimed ahead waits for a slot: far longer than expected, far shorter than a lease. */
const MAX_SLOT_WAIT_MS = 1_000;

/** Why a handler was abandoned. */
export class Released extends Error {
  override name = 'Released';
}

/** An order whose handler has ended, or was abandoned. */
export interface Handled {
  order: ClaimedOrder;
  /** Why the handler failed, or was abandoned. */
  error?: Error;
  /** What the order waits for; absent if it is fulfilled, or failed. */
  park?: Park;
}

/** Runs work on orders that were claimed together, under one heartbeat. The signal aborts when they are lost or released. */
export async function whileHeld<T>(
  held: readonly ClaimedOrder[],
  span: Span,
  { queue, renew, logger, release }: Worker,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const onRelease = () => abort.abort(new Released('The poller stops; the order was given back.'));
  const endHeartbeat = startHeartbeat({
    leaseMs: queue.leaseMs,
    renew: () => renew({ held, span }),
    onLost: () => abort.abort(new Error('The lease was lost: another poller has the order.')),
    logger,
  });
  // Not AbortSignal.any: `release` lives as long as the process, and would retain a derived signal for every order.
  release.addEventListener('abort', onRelease, { once: true });
  if (release.aborted) onRelease();
  try {
    return await work(abort.signal);
  } finally {
    endHeartbeat();
    release.removeEventListener('abort', onRelease);
  }
}

/** Runs the handler for each order, until all have ended or are released. */
export function runHandlers(
  held: readonly ClaimedOrder[],
  worker: Worker,
  signal: AbortSignal,
): Promise<Handled[]> {
  return Promise.all(
    held.map((order) =>
      runOne(order, worker, signal).then(
        (park) => ({ order, ...(park && { park }) }),
        (reason: unknown) => ({ order, error: reason instanceof Error ? reason : new Error(String(reason)) }),
      ),
    ),
  );
}

/**
 * Runs the handler once a slot is free for it. Waits for it even if the order is lost, because otherwise its slot would be taken twice.
 * Doesn't wait for it if the order is released, because the poller stops or because no slot became free for an order claimed ahead.
 */
function runOne(
  order: ClaimedOrder,
  { queue, handle, slots, pace }: Worker,
  signal: AbortSignal,
): Promise<Park | void> {
  const { promise, resolve, reject } = Promise.withResolvers<Park | void>();
  const once = (key: string, effect: () => Promise<void>) => effectOnce(queue, order, key, effect, signal);
  let isTooLate = false;
  const tooLong = setTimeout(() => {
    isTooLate = true;
    pace.handled(MAX_SLOT_WAIT_MS);
    reject(new Released(`No slot came free in ${MAX_SLOT_WAIT_MS} ms; the order was given back.`));
  }, MAX_SLOT_WAIT_MS).unref();
  const run = async () => {
    clearTimeout(tooLong);
    if (isTooLate) return;
    signal.throwIfAborted();
    const startedAt = performance.now();
    return handle(order, { signal, once }).finally(() => pace.handled(performance.now() - startedAt));
  };
  const onAbort = () => {
    if (signal.reason instanceof Released) reject(signal.reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  slots(run).then(resolve, reject);
  return promise;
}

/** Updates the circuit: how a handler ended shows whether its dependency is available. */
export function noteDependency({ order, error, park }: Handled, { circuit, logger }: Worker): void {
  const wasOpen = circuit.isOpen;
  if (error instanceof DependencyAway) circuit.away(order._id, error.retryAfterMs);
  else if (park || error instanceof Released || error instanceof Unfulfillable)
    circuit.learnedNothing(order._id);
  else circuit.there(order._id);
  if (circuit.isOpen === wasOpen) return;
  if (wasOpen) logger.info('the dependency is available again: orders that waited for it continue');
  else
    logger.warn(
      { err: error },
      'a dependency is unavailable: orders that need it wait, and one at a time probes it',
    );
}

/** Returns what happens to an order whose handler failed or was abandoned. */
export function afterFailure(order: ClaimedOrder, error: Error, { queue, circuit }: Worker): GivenBack {
  if (error instanceof Released) return { outcome: 'released', delayMs: 0 };
  if (error instanceof DependencyAway) return { outcome: 'postponed', delayMs: circuit.waitMs, error };
  const isLast = error instanceof Unfulfillable || order.attempts >= queue.maxAttempts;
  if (isLast) return { outcome: 'dead letter', delayMs: 0, error };
  return { outcome: 'retry', delayMs: backoffMs(order.attempts, queue.retryBaseMs, queue.retryMaxMs), error };
}
