import type { TextMapPropagator } from '@opentelemetry/api';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { Resource } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { SpanLimits, SpanProcessor } from '@opentelemetry/sdk-trace';

export interface SdkParts {
  resource: Resource;
  processors: SpanProcessor[];
  spanLimits: SpanLimits;
  instrumentations: Instrumentation[];
  propagator: TextMapPropagator;
}

/** The whole SDK, for processes that live long. Metrics and logs stay off unless their exporter is asked for. */
export function startServiceSdk(parts: SdkParts): { shutdown(): Promise<void> } {
  const { resource, processors, spanLimits, propagator, instrumentations } = parts;
  const sdk = new NodeSDK({
    autoDetectResources: false,
    resource,
    spanProcessors: processors,
    spanLimits,
    instrumentations,
    textMapPropagator: propagator,
    ...(!process.env['OTEL_METRICS_EXPORTER'] && { metricReaders: [] }),
    ...(!process.env['OTEL_LOGS_EXPORTER'] && { logRecordProcessors: [] }),
  });
  sdk.start();
  return sdk;
}
