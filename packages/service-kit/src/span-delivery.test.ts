import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metrics } from '@opentelemetry/api';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { observeSpanDelivery } from './span-delivery.ts';

class ManualReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

test('what became of spans is counted by the reason it was lost for', async () => {
  const reader = new ManualReader();
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  observeSpanDelivery(() => ({
    waiting: 3,
    delivered: 40,
    kept: 0,
    lost: { queue_full: 5, export_failed: 6, rejected: 0, journal_full: 0 },
  }));
  const { resourceMetrics } = await reader.collect();
  const seen = resourceMetrics.scopeMetrics
    .flatMap((scope) => scope.metrics)
    .flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => [descriptor.name, attributes['error.type'], value]),
    );
  assert.deepEqual(seen, [
    ['otel.sdk.exporter.span.exported', undefined, 40],
    ['otel.sdk.exporter.span.exported', 'export_failed', 6],
    ['otel.sdk.exporter.span.exported', 'rejected', 0],
    ['otel.sdk.exporter.span.exported', 'journal_full', 0],
    ['otel.sdk.processor.span.processed', 'queue_full', 5],
    ['otel.sdk.processor.span.queue.size', undefined, 3],
  ]);
});
