import type { TextMapPropagator } from '@opentelemetry/api';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { Resource } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';

export interface SdkParts {
  resource: Resource;
  processors: SpanProcessor[];
  instrumentations: Instrumentation[];
  propagator: TextMapPropagator;
}

/** The whole SDK, for processes that live long. Metrics and logs stay off unless their exporter is asked for. */
export function startServiceSdk({ resource, processors, propagator, instrumentations }: SdkParts): {
  shutdown(): Promise<void>;
} {
  const sdk = new NodeSDK({
    autoDetectResources: false,
    resource,
    spanProcessors: processors,
    instrumentations,
    textMapPropagator: propagator,
    ...(!process.env['OTEL_METRICS_EXPORTER'] && { metricReaders: [] }),
    ...(!process.env['OTEL_LOGS_EXPORTER'] && { logRecordProcessors: [] }),
  });
  sdk.start();
  return sdk;
}
