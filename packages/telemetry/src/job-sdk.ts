import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import {
  ExtractedRootContextManager,
  extractFromEnvironment,
  shouldExtractImplicitly,
} from '@beyond-headers/propagation';
import type { SdkParts } from './service-sdk.ts';

/**
 * Tracing alone, for a process that starts often and lives shortly: the parts of the SDK that a job needs, without
 * the metrics, logs and gRPC exporters that `@opentelemetry/sdk-node` loads (docs/decisions/job-sdk.md).
 * The context that the Job's creator put into the environment becomes the root of everything that runs here,
 * so that code which knows nothing of it joins the trace.
 */
export function startJobSdk(
  { resource, processors, spanLimits, propagator, instrumentations }: SdkParts,
  env: NodeJS.ProcessEnv,
): { shutdown(): Promise<void> } {
  // As NodeSDK: where spans go nowhere none are made, and the context is carried on as it came.
  const provider =
    processors.length > 0
      ? new TracerProvider({ resource, spanProcessors: processors, spanLimits })
      : undefined;
  propagation.setGlobalPropagator(propagator);
  const root = shouldExtractImplicitly(env) ? extractFromEnvironment(env) : ROOT_CONTEXT;
  context.setGlobalContextManager(
    new ExtractedRootContextManager(new AsyncLocalStorageContextManager().enable(), root),
  );
  if (provider) trace.setGlobalTracerProvider(provider);
  registerInstrumentations({ instrumentations });
  return { shutdown: async () => provider?.shutdown() };
}
