import { metrics } from '@opentelemetry/api';
import { messagingMetric, METRIC } from '@beyond-headers/contracts';

const sent = metrics.getMeter('beyond-headers').createCounter(METRIC.sentMessages, { unit: '{message}' });

/** Counts an order that was written. Does nothing without OTEL_METRICS_EXPORTER. */
export function recordSent(): void {
  sent.add(1, messagingMetric('send'));
}
