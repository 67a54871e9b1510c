import type { ContextManager } from '@opentelemetry/api';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { Resource } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { Sampler, SpanLimits, SpanProcessor } from '@opentelemetry/sdk-trace';

/** The parts that jobs and services have in common. The propagator is not one of them, because it is set earlier. */
export interface SdkParts {
  contextManager: ContextManager;
  resource: Resource;
  /** Empty if there is no exporter. */
  processors: SpanProcessor[];
  spanLimits: SpanLimits;
  sampler: Sampler;
  instrumentations: Instrumentation[];
  exportsLogs: boolean;
}

/** Starts the whole SDK, for long-lived processes. Metrics and logs stay off unless their exporter is set. */
export function startServiceSdk(parts: SdkParts): { shutdown(): Promise<void> } {
  const { contextManager, resource, processors, spanLimits, sampler, instrumentations, exportsLogs } = parts;
  const sdk = new NodeSDK({
    autoDetectResources: false,
    resource,
    spanProcessors: processors,
    spanLimits,
    sampler,
    instrumentations,
    textMapPropagator: null,
    contextManager,
    ...(!process.env['OTEL_METRICS_EXPORTER'] && { metricReaders: [] }),
    ...(!exportsLogs && { logRecordProcessors: [] }),
  });
  sdk.start();
  return sdk;
}
