// A module that a Job loads with `node --import`: the SDK, with the extracted context as the root. The program is unaware of it.
import {
  ExtractedRootContextManager,
  extractFromEnvironment,
  shouldExtractImplicitly,
} from '@beyond-headers/propagation';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOnSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { w3c } from '../cases/carrier-case.ts';

propagation.setGlobalPropagator(w3c);
const inner = new AsyncLocalStorageContextManager();
context.setGlobalContextManager(
  shouldExtractImplicitly()
    ? new ExtractedRootContextManager(inner, extractFromEnvironment()).enable()
    : inner.enable(),
);
trace.setGlobalTracerProvider(new TracerProvider({ sampler: new AlwaysOnSampler() }));
