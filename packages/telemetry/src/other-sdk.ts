/** Where every copy of `@opentelemetry/api` 1.x keeps what was registered, whichever version it is of. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1');

/**
 * Says whether another SDK has been set up in this process, as by a preload in `NODE_OPTIONS`. Beside it ours would patch every
 * library a second time: two spans for one call, and two contexts in one request.
 */
export function hasOtherSdk(): boolean {
  const registry = (globalThis as { [REGISTRY]?: { trace?: unknown; context?: unknown } })[REGISTRY];
  return registry?.trace !== undefined || registry?.context !== undefined;
}
