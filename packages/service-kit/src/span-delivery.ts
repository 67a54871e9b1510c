import { metrics } from '@opentelemetry/api';
import { ATTR, METRIC } from '@beyond-headers/contracts';
import { deliveryStatus } from '@beyond-headers/telemetry';

/** A span for which the queue had no room never came as far as the exporter. */
const NOT_EXPORTED = ['export_failed', 'rejected', 'journal_full'] as const;

/** What became of this process' spans as metrics, read when they are collected. Without OTEL_METRICS_EXPORTER nothing is. */
export function observeSpanDelivery(read = deliveryStatus): void {
  const meter = metrics.getMeter('beyond-headers');
  const unit = '{span}';
  meter.createObservableCounter(METRIC.exportedSpans, { unit }).addCallback((result) => {
    const status = read();
    if (!status) return;
    result.observe(status.delivered);
    for (const reason of NOT_EXPORTED) result.observe(status.lost[reason], { [ATTR.errorType]: reason });
  });
  meter.createObservableCounter(METRIC.processedSpans, { unit }).addCallback((result) => {
    result.observe(read()?.lost.queue_full ?? 0, { [ATTR.errorType]: 'queue_full' });
  });
  meter.createObservableUpDownCounter(METRIC.waitingSpans, { unit }).addCallback((result) => {
    result.observe(read()?.waiting ?? 0);
  });
}
