import { metrics } from '@opentelemetry/api';
import { ATTR, messagingMetric, METRIC } from '@beyond-headers/contracts';
import { countByStatus, oldestAgeMs } from './queue/counts.ts';
import type { OrderQueue } from './queue/order-queue.ts';

/* Without OTEL_METRICS_EXPORTER these instruments do nothing: docs/how-to/read-queue-metrics.md. */

const meter = metrics.getMeter('beyond-headers');
/** The bucket boundaries for durations in the semantic conventions. */
const advice = {
  explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
};

const consumed = meter.createCounter(METRIC.consumedMessages, { unit: '{message}' });
const refused = meter.createCounter(METRIC.settlementsRefused, { unit: '{settlement}' });
const operations = meter.createHistogram(METRIC.clientOperationDuration, { unit: 's', advice });
const processing = meter.createHistogram(METRIC.processDuration, { unit: 's', advice });

/** Measures the duration of a queue operation, also of one that fails. */
export async function recordOperation<T>(name: 'receive' | 'settle', call: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const attributes = messagingMetric(name);
  try {
    return await call();
  } catch (error) {
    attributes[ATTR.errorType] = error instanceof Error ? error.name : '_OTHER';
    throw error;
  } finally {
    operations.record((performance.now() - start) / 1_000, attributes);
  }
}

export function recordConsumed(count: number): void {
  consumed.add(count, messagingMetric('receive'));
}

export function recordRefused(): void {
  refused.add(1, messagingMetric());
}

/** Records how long an attempt took, with its outcome. */
export function recordProcessed(durationMs: number, outcome: string): void {
  processing.record(durationMs / 1_000, { ...messagingMetric('process'), [ATTR.outcome]: outcome });
}

/** Reports the depth of the queue and its oldest age. Reads the database only when metrics are collected. */
export function observeQueue(queue: OrderQueue): void {
  meter.createObservableGauge(METRIC.queueDepth, { unit: '{order}' }).addCallback(async (result) => {
    for (const [status, count] of Object.entries(await countByStatus(queue))) {
      result.observe(count, { ...messagingMetric(), [ATTR.orderStatus]: status });
    }
  });
  meter.createObservableGauge(METRIC.queueOldestAge, { unit: 's' }).addCallback(async (result) => {
    result.observe((await oldestAgeMs(queue)) / 1_000, messagingMetric());
  });
}
