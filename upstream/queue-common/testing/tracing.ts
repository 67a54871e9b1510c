import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { register } from 'import-in-the-middle/register-hooks.mjs';
import { startSdk } from './sdk.mjs';

/** The recorded spans of a test. */
export interface Tracing {
  /** Returns the spans that have ended. */
  spans(): ReadableSpan[];
  /** Returns the ended spans with a name. */
  named(name: string): ReadableSpan[];
  reset(): void;
}

/** Starts tracing in this process. Call it before any import of an instrumented module. */
export function startTracing(instrumentation: Instrumentation): Tracing {
  register();
  const exporter = startSdk({ service: 'test', instrumentations: [instrumentation] });
  return {
    spans: () => exporter.getFinishedSpans(),
    named: (name) => exporter.getFinishedSpans().filter((span) => span.name === name),
    reset: () => exporter.reset(),
  };
}
