import { context, trace } from '@opentelemetry/api';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import type { Resource } from '@opentelemetry/resources';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { messageOf, warn } from './log.ts';
import type { SdkParts } from './service-sdk.ts';

/**
 * Starts tracing for a short-lived process that starts often. Loads only the parts of the SDK that a job needs, without the
 * metrics, logs, and gRPC exporters that `@opentelemetry/sdk-node` loads (docs/decisions/job-sdk.md).
 */
export async function startJobSdk(parts: SdkParts): Promise<{ shutdown(): Promise<void> }> {
  const { contextManager, resource, processors, spanLimits, sampler, instrumentations, exportsLogs } = parts;
  // As in NodeSDK: without an exporter, no spans are created, and the context is passed on unchanged.
  const provider =
    processors.length > 0
      ? new TracerProvider({ resource, spanProcessors: processors, spanLimits, sampler })
      : undefined;
  context.setGlobalContextManager(contextManager);
  if (provider) trace.setGlobalTracerProvider(provider);
  const logs = exportsLogs ? await startLogs(resource) : undefined;
  registerInstrumentations({ instrumentations });
  return { shutdown: async () => void (await Promise.all([provider?.shutdown(), logs?.shutdown()])) };
}

/** Returns undefined if log export fails to start. The global tracer provider is already set, and the spans must still be sent. */
async function startLogs(resource: Resource): Promise<{ shutdown(): Promise<void> } | undefined> {
  try {
    return (await import('./job-logs.ts')).startJobLogs(resource);
  } catch (error) {
    warn(`log lines are on stdout alone, since what sends them did not start: ${messageOf(error)}`);
    return undefined;
  }
}
