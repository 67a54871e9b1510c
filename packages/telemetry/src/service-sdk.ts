import type { ContextManager } from '@opentelemetry/api';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { Resource } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { SpanLimits, SpanProcessor } from '@opentelemetry/sdk-trace';
import { createSampler } from './sampler.ts';
import type { SamplerSettings } from './sampler-settings.ts';

/** What a job and a service have in common, beside the propagator, which is set before. */
export interface SdkParts {
  contextManager: ContextManager;
  resource: Resource;
  /** None where spans go nowhere. */
  processors: SpanProcessor[];
  spanLimits: SpanLimits;
  sampler: SamplerSettings;
  instrumentations: Instrumentation[];
  exportsLogs: boolean;
}

/** The whole SDK, for processes that live long. Metrics and logs stay off unless their exporter is asked for. */
export function startServiceSdk(parts: SdkParts): { shutdown(): Promise<void> } {
  const { contextManager, resource, processors, spanLimits, sampler, instrumentations, exportsLogs } = parts;
  const sdk = new NodeSDK({
    autoDetectResources: false,
    resource,
    spanProcessors: processors,
    spanLimits,
    sampler: createSampler(sampler),
    instrumentations,
    textMapPropagator: null,
    contextManager,
    ...(!process.env['OTEL_METRICS_EXPORTER'] && { metricReaders: [] }),
    ...(!exportsLogs && { logRecordProcessors: [] }),
  });
  sdk.start();
  return sdk;
}
