import { context, trace } from '@opentelemetry/api';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { createSampler } from './sampler.ts';
import type { SdkParts } from './service-sdk.ts';

/**
 * Tracing alone, for a process that starts often and has a short life. Loads the parts of the SDK that a job needs, without
 * the metrics, logs and gRPC exporters that `@opentelemetry/sdk-node` loads (docs/decisions/job-sdk.md).
 */
export async function startJobSdk(parts: SdkParts): Promise<{ shutdown(): Promise<void> }> {
  const { contextManager, resource, processors, spanLimits, sampler, instrumentations, exportsLogs } = parts;
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
  const logs = exportsLogs ? (await import('./job-logs.ts')).startJobLogs(resource) : undefined;
  registerInstrumentations({ instrumentations });
  return { shutdown: async () => void (await Promise.all([provider?.shutdown(), logs?.shutdown()])) };
}
