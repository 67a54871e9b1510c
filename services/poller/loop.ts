import { setTimeout as delay } from 'node:timers/promises';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { processOrder, type ProcessOptions } from './process-order.ts';

export interface LoopState {
  paused: boolean;
  inFlight: number;
  lastPoll?: Date;
}

export interface PollLoop {
  state: LoopState;
  /** Claims nothing more and waits for the order in hand. */
  stop: () => Promise<void>;
}

/** Looks for orders until it is stopped: at once again while there are any, else after the interval. */
export function startPollLoop(options: ProcessOptions, intervalMs: number): PollLoop {
  const state: LoopState = { paused: false, inFlight: 0 };
  const stopping = new AbortController();
  // The loop must not belong to whatever started it: each order starts from its own context.
  const finished = context.with(ROOT_CONTEXT, () => run(options, intervalMs, state, stopping.signal));
  return {
    state,
    stop: async () => {
      stopping.abort();
      await finished;
    },
  };
}

async function run(
  options: ProcessOptions,
  intervalMs: number,
  state: LoopState,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const worked = !state.paused && (await pollOnce(options, state));
    if (!worked) await delay(intervalMs, undefined, { signal }).catch(() => {});
  }
}

/** True when there was an order to work on. An unreachable database is waited for, never fatal. */
async function pollOnce(options: ProcessOptions, state: LoopState): Promise<boolean> {
  try {
    const order = await options.queue.claim();
    state.lastPoll = new Date();
    if (!order) return false;
    state.inFlight = 1;
    await processOrder(order, options);
    return true;
  } catch (error) {
    options.logger.warn({ err: error }, 'poll failed; trying again');
    return false;
  } finally {
    state.inFlight = 0;
  }
}
