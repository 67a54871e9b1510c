import type { ContextManager, DiagLogger, TextMapPropagator, TracerProvider } from '@opentelemetry/api';

/** What has been registered through `@opentelemetry/api` in this process, by whichever copy of it. */
export interface Registry {
  version: string;
  propagation?: TextMapPropagator;
  trace?: TracerProvider;
  context?: ContextManager;
  diag?: DiagLogger;
}

// All copies of version 1 meet here, and a copy ignores what a copy older than itself has registered.
const REGISTRY = Symbol.for('opentelemetry.js.api.1');

/** Gives the registry of this process, or `undefined` while nothing is registered. */
export function registered(): Registry | undefined {
  return (globalThis as { [REGISTRY]?: Registry })[REGISTRY];
}
