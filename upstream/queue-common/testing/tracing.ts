import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { register } from 'import-in-the-middle/register-hooks.mjs';
import { startSdk } from './sdk.mjs';

/** What the tests of an instrumentation look at. */
export interface Tracing {
  /** The spans that have ended. */
  spans(): ReadableSpan[];
  /** Those of a name. */
  named(name: string): ReadableSpan[];
  reset(): void;
}

/** Traces this process. Call it before anything imports what is instrumented. */
export function startTracing(instrumentation: Instrumentation): Tracing {
  register();
  const exporter = startSdk({ service: 'test', instrumentations: [instrumentation] });
  return {
    spans: () => exporter.getFinishedSpans(),
    named: (name) => exporter.getFinishedSpans().filter((span) => span.name === name),
    reset: () => exporter.reset(),
  };
}
