import { propagation, type TextMapPropagator } from '@opentelemetry/api';
import { warn } from './log.ts';

interface Registry {
  version: string;
  trace?: unknown;
  context?: unknown;
  propagation?: unknown;
}

/** The global registry of all copies of `@opentelemetry/api` 1.x, whatever their versions. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1');

const registered = (): Registry | undefined => (globalThis as { [REGISTRY]?: Registry })[REGISTRY];

/**
 * Reports whether another SDK has been set up in this process, for example by a preload in `NODE_OPTIONS`. Our SDK would then
 * patch every library a second time: two spans for each call, and two contexts in each request.
 */
export function hasOtherSdk(): boolean {
  const registry = registered();
  return registry?.trace !== undefined || registry?.context !== undefined;
}

/** Warns that a copy of the API with another version has registered something, such as a logger. Our copy can then register nothing. */
export function warnOfOtherCopy(): void {
  warn(
    `another copy of @opentelemetry/api, ${registered()?.version}, is registered in this process, so no SDK can be set up; the work continues untraced. Expected one copy. Run: npm ls @opentelemetry/api`,
  );
}

/** Sets the global propagator. One that is already set is kept. */
export function setPropagator(propagator: TextMapPropagator): void {
  if (registered()?.propagation === undefined) propagation.setGlobalPropagator(propagator);
  else
    warn(
      'another propagator is set in this process: OTEL_PROPAGATORS, EDGE_POLICY, and BAGGAGE_KEYS have no effect. Look for it in NODE_OPTIONS',
    );
}
