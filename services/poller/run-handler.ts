import type { Span } from '@opentelemetry/api';
import { effectOnce } from './queue/effects.ts';
import { holdLease } from './queue/lease.ts';
import type { ClaimedOrder } from './queue/order-queue.ts';
import type { Worker } from './work.ts';

/** How long an order that was claimed ahead waits for a slot: far longer than expected, far shorter than a lease. */
const MAX_SLOT_WAIT_MS = 1_000;

/** Why a handler was not waited for. */
export class Released extends Error {
  override name = 'Released';
}

export interface HandlerRun {
  /** In the order of the orders given. */
  results: PromiseSettledResult<void>[];
  /** To be called when the orders are settled. */
  endLease: () => void;
}

/** Runs the handler for each of some orders that were claimed together, under one heartbeat, until all are done or given back. */
export async function runHandlers(
  held: readonly ClaimedOrder[],
  span: Span,
  worker: Worker,
): Promise<HandlerRun> {
  const { queue, logger, release } = worker;
  const abort = new AbortController();
  const onLost = () => abort.abort(new Error('The lease was lost: another poller has the order.'));
  const onRelease = () => abort.abort(new Released('The poller stops; the order was given back.'));
  const endHeartbeat = holdLease(queue, held, { span, logger, onLost });
  // Not AbortSignal.any: a signal that lives as long as the process would keep one made of it for every order.
  release.addEventListener('abort', onRelease, { once: true });
  if (release.aborted) onRelease();
  const results = await Promise.allSettled(held.map((order) => runOne(order, worker, abort.signal)));
  return {
    results,
    endLease: () => {
      endHeartbeat();
      release.removeEventListener('abort', onRelease);
    },
  };
}

function runOne(order: ClaimedOrder, worker: Worker, signal: AbortSignal): Promise<void> {
  const once = (key: string, effect: () => Promise<void>) =>
    effectOnce(worker.queue, order, key, effect, signal);
  return untilReleased(() => inSlot(worker, signal, () => worker.handle(order, { signal, once })), signal);
}

/** Runs a handler once a slot is free for it. An order that was claimed ahead in vain is given back. */
function inSlot({ slots, pace }: Worker, signal: AbortSignal, handle: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let isGivenBack = false;
    const tooLong = setTimeout(() => {
      isGivenBack = true;
      pace.handled(MAX_SLOT_WAIT_MS);
      reject(new Released(`No slot came free in ${MAX_SLOT_WAIT_MS} ms; the order was given back.`));
    }, MAX_SLOT_WAIT_MS).unref();
    const run = async () => {
      clearTimeout(tooLong);
      if (isGivenBack) return;
      signal.throwIfAborted();
      const startedAt = performance.now();
      await handle().finally(() => pace.handled(performance.now() - startedAt));
    };
    slots(run).then(resolve, reject);
  });
}

/** Waits for a lost order's handler too, or its slot would be taken twice, but not for one that is given back. */
function untilReleased(run: () => Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      if (signal.reason instanceof Released) reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    run().then(resolve, reject);
  });
}
