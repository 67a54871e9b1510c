import type { ContextManager, DiagLogger, TextMapPropagator, TracerProvider } from '@opentelemetry/api';

/** The globals that any copy of `@opentelemetry/api` has registered in this process. */
export interface Registry {
  version: string;
  propagation?: TextMapPropagator;
  trace?: TracerProvider;
  context?: ContextManager;
  diag?: DiagLogger;
}

// All copies of version 1 share this registry. A copy ignores what an older copy has registered.
const REGISTRY = Symbol.for('opentelemetry.js.api.1');

/** Returns the registry of this process, or `undefined` if nothing is registered. */
export function registered(): Registry | undefined {
  return (globalThis as { [REGISTRY]?: Registry })[REGISTRY];
}
