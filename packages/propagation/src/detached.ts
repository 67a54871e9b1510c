import { ROOT_CONTEXT } from '@opentelemetry/api';
import { runIn } from './current-context.ts';

/**
 * Runs a function outside of every trace, and returns its result.
 *
 * Use it to start work that outlives its request: a loop, a timer, a worker, or a connection that reconnects. Otherwise, each iteration
 * is a child of that request, for days.
 */
export function detached<T>(fn: () => T): T {
  return runIn(() => ROOT_CONTEXT, fn);
}
