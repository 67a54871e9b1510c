import { metrics } from '@opentelemetry/api';
import { ATTR, METRIC } from '@beyond-headers/contracts';
import { deliveryStatus } from '@beyond-headers/telemetry';

/** The losses of the exporter. A span for which the queue had no room never reaches it. */
const NOT_EXPORTED = ['export_failed', 'rejected', 'journal_full'] as const;

/** Reports the outcomes of this process's spans as metrics. Without OTEL_METRICS_EXPORTER, no metrics are collected. */
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
