import { context, ROOT_CONTEXT } from '@opentelemetry/api';

/**
 * Runs a function outside of every trace, and returns its result.
 *
 * Use it to start work that outlives its request: a loop, a timer, a worker, or a connection that reconnects. Otherwise, each iteration
 * is a child of that request, for days.
 */
export function detached<T>(fn: () => T): T {
  return context.with(ROOT_CONTEXT, fn);
}
