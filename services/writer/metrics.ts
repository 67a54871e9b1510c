import { metrics } from '@opentelemetry/api';
import { messagingMetric, METRIC } from '@beyond-headers/contracts';

const sent = metrics.getMeter('beyond-headers').createCounter(METRIC.sentMessages, { unit: '{message}' });

/** Counts orders that were written. Does nothing without OTEL_METRICS_EXPORTER. */
export function recordSent(count: number): void {
  sent.add(count, messagingMetric('send'));
}
