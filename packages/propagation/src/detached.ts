import { ROOT_CONTEXT } from '@opentelemetry/api';
import { runIn } from './current-context.ts';

/**
 * Runs a function outside of every trace, and returns its result.
 *
 * Use it if a request starts work that outlives the request: a loop, a timer, a worker, or a connection that reconnects.
 * Otherwise, the spans of this work are in the trace of that request, even days later.
 */
export function detached<T>(fn: () => T): T {
  return runIn(() => ROOT_CONTEXT, fn);
}
