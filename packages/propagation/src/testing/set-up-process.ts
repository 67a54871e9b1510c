import * as api from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import * as olderApi from 'api-1.9';
import { extractContext } from '../extract.ts';
import { captureContext } from '../inject.ts';
import { exampleContext } from './propagators.ts';
import { warningLogger } from './warnings.ts';

// A process that sets up OpenTelemetry with the steps in its arguments, captures and extracts twice, and prints the warnings.
const said: string[] = [];
const logger = warningLogger((text) => said.push(text));

const steps = {
  logger: () => api.diag.setLogger(logger),
  'older logger': () => olderApi.diag.setLogger(logger),
  propagator: () => api.propagation.setGlobalPropagator(new W3CTraceContextPropagator()),
  'older propagator': () => olderApi.propagation.setGlobalPropagator(new W3CTraceContextPropagator()),
  provider: () => api.trace.setGlobalTracerProvider(api.trace.getTracerProvider()),
  manager: () => api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()),
};

/** A step in the setup of OpenTelemetry. The `older` steps use version 1.9 of the API. */
export type SetUpStep = keyof typeof steps;

/** The output of the process: its warnings, and whether it captured a context both times. */
export interface SaidAndCarried {
  said: string[];
  carried: boolean;
}

if (import.meta.main) {
  process.on('warning', ({ message }) => message.startsWith('No context') && said.push(message));
  for (const step of process.argv.slice(2) as SetUpStep[]) steps[step]();
  const captured = [1, 2].map(() => api.context.with(exampleContext(), () => captureContext()));
  for (const carrier of [{}, {}]) extractContext(carrier);
  // Node.js emits process warnings asynchronously.
  setImmediate(() => {
    console.log(JSON.stringify({ said, carried: captured.every(Boolean) } satisfies SaidAndCarried));
  });
}
