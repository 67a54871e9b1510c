import { context, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { attempt } from './report-once.ts';

/** Returns the current context, or the root if the context manager fails. */
export function currentContext(): Context {
  return attempt('read the current context', () => context.active()) ?? ROOT_CONTEXT;
}

/** Runs a function exactly once in a context, even if the context manager fails. Returns its result, or throws its error. */
export function runIn<T>(target: () => Context, fn: () => T): T {
  let outcome: (() => T) | undefined;
  // A context manager may call the function twice, or only after `runIn` has returned.
  const runOnce = () => (outcome ??= outcomeOf(fn));
  attempt('set the current context', () => context.with(target(), runOnce));
  return runOnce()();
}

/** Runs a function now, and returns a function that returns its result or throws its error. */
function outcomeOf<T>(fn: () => T): () => T {
  try {
    const value = fn();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
