import { context, trace } from '@opentelemetry/api';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import type { Resource } from '@opentelemetry/resources';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { messageOf, warn } from './log.ts';
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
  const logs = exportsLogs ? await startLogs(resource) : undefined;
  registerInstrumentations({ instrumentations });
  return { shutdown: async () => void (await Promise.all([provider?.shutdown(), logs?.shutdown()])) };
}

/** Undefined where that fails: the global tracer is set by then, and the spans must still be sent. */
async function startLogs(resource: Resource): Promise<{ shutdown(): Promise<void> } | undefined> {
  try {
    return (await import('./job-logs.ts')).startJobLogs(resource);
  } catch (error) {
    warn(`log lines are on stdout alone, since what sends them did not start: ${messageOf(error)}`);
    return undefined;
  }
}
