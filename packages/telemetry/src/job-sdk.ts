import { context, trace } from '@opentelemetry/api';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { createSampler } from './sampler.ts';
import type { SdkParts } from './service-sdk.ts';

/**
 * Tracing alone, for a process that starts often and has a short life. Loads the parts of the SDK that a job needs, without
 * the metrics, logs and gRPC exporters that `@opentelemetry/sdk-node` loads (docs/decisions/job-sdk.md).
 */
export function startJobSdk(parts: SdkParts): { shutdown(): Promise<void> } {
  const { contextManager, resource, processors, spanLimits, sampler, instrumentations } = parts;
  // As NodeSDK: where spans go nowhere none are made, and the context is carried on as it came.
  const provider =
    processors.length > 0
      ? new TracerProvider({
          resource,
          spanProcessors: processors,
          spanLimits,
          sampler: createSampler(sampler),
        })
      : undefined;
  context.setGlobalContextManager(contextManager);
  if (provider) trace.setGlobalTracerProvider(provider);
  registerInstrumentations({ instrumentations });
  return { shutdown: async () => provider?.shutdown() };
}
