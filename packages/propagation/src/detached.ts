import { context, ROOT_CONTEXT } from '@opentelemetry/api';

/**
 * Runs a function outside of every trace, and gives back what it gives.
 *
 * Start in it what outlives the request that starts it: a loop, a timer, a worker, a connection that reconnects. Otherwise each of its
 * rounds, for days, is a child of that request.
 */
export function detached<T>(fn: () => T): T {
  return context.with(ROOT_CONTEXT, fn);
}
