import { context, ROOT_CONTEXT } from '@opentelemetry/api';

/**
 * Runs a function outside of every trace, and returns its result.
 *
 * Use it if a request starts work that outlives the request: a loop, a timer, a worker, or a connection that reconnects.
 * Otherwise, the spans of this work are in the trace of that request, even days later.
 */
export function detached<T>(fn: () => T): T {
  return context.with(ROOT_CONTEXT, fn);
}
