import assert from 'node:assert/strict';
import { diag, trace } from '@opentelemetry/api';
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
  /** Returns the only ended span with a name. */
  one: (name: string) => ReadableSpan;
  reset(): void;
}

/** Starts tracing in this process. Call it before any import of an instrumented module. */
export function startTracing(instrumentation: Instrumentation): Tracing {
  register();
  const exporter = startSdk({ service: 'test', instrumentations: [instrumentation] });
  const named = (name: string) => exporter.getFinishedSpans().filter((span) => span.name === name);
  return {
    spans: () => exporter.getFinishedSpans(),
    named,
    one: (name) => {
      const [span, ...others] = named(name);
      assert.ok(span, `there is no ${name}`);
      assert.equal(others.length, 0, `there are several ${name}`);
      return span;
    },
    reset: () => exporter.reset(),
  };
}

export const tracer = trace.getTracer('test');

/** Runs the work in an active span with the name `request`. */
export const inRequest = <T>(work: () => Promise<T>): Promise<T> =>
  tracer.startActiveSpan('request', (span) => work().finally(() => span.end()));

export const idOf = (span: ReadableSpan | undefined): string | undefined => span?.spanContext().spanId;

const quiet = () => {};

/** Returns the errors that are logged while the work runs. */
export async function errorsDuring(work: () => Promise<void>): Promise<unknown[][]> {
  const errors: unknown[][] = [];
  const error = (...text: unknown[]) => void errors.push(text);
  diag.setLogger({ verbose: quiet, debug: quiet, info: quiet, warn: quiet, error });
  await work().finally(() => diag.disable());
  return errors;
}
