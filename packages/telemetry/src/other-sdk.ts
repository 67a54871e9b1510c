/** The global registry of all copies of `@opentelemetry/api` 1.x, whatever their versions. */
const REGISTRY = Symbol.for('opentelemetry.js.api.1');

/**
 * Reports whether another SDK has been set up in this process, for example by a preload in `NODE_OPTIONS`. Our SDK would then
 * patch every library a second time: two spans for each call, and two contexts in each request.
 */
export function hasOtherSdk(): boolean {
  const registry = (globalThis as { [REGISTRY]?: { trace?: unknown; context?: unknown } })[REGISTRY];
  return registry?.trace !== undefined || registry?.context !== undefined;
}
