import type { MetricDeclaration } from './declarations.ts';

const development = { stability: 'development' } as const;

/**
 * Metrics: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-metrics/ and
 * https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/, v1.44; durations in seconds.
 */
export const METRICS = {
  sentMessages: {
    name: 'messaging.client.sent.messages',
    instrument: 'counter',
    unit: '{message}',
    brief: 'Orders that the writer wrote.',
    ...development,
  },
  consumedMessages: {
    name: 'messaging.client.consumed.messages',
    instrument: 'counter',
    unit: '{message}',
    brief: 'Orders that pollers claimed.',
    ...development,
  },
  clientOperationDuration: {
    name: 'messaging.client.operation.duration',
    instrument: 'histogram',
    unit: 's',
    brief: 'Claims (`receive`) and settlements (`settle`), failed ones with `error.type`.',
    ...development,
  },
  processDuration: {
    name: 'messaging.process.duration',
    instrument: 'histogram',
    unit: 's',
    brief: 'Attempts, by `demo.outcome`.',
    ...development,
  },
  queueDepth: {
    name: 'demo.queue.depth',
    instrument: 'gauge',
    unit: '{order}',
    brief: 'Orders by `demo.order.status`.',
  },
  queueOldestAge: {
    name: 'demo.queue.oldest_age',
    instrument: 'gauge',
    unit: 's',
    brief: 'How long the oldest due order has waited.',
  },
  jobs: {
    name: 'demo.jobs',
    instrument: 'gauge',
    unit: '{job}',
    brief: 'Jobs of the launcher that the cluster has, by `demo.job.phase`.',
  },
  settlementsRefused: {
    name: 'demo.queue.settlements.refused',
    instrument: 'counter',
    unit: '{settlement}',
    brief: 'Settlements that came after the lease was lost and had no effect.',
  },
  exportedSpans: {
    name: 'otel.sdk.exporter.span.exported',
    instrument: 'counter',
    unit: '{span}',
    brief: 'Spans that the collector took; with `error.type` those that it did not.',
    ...development,
  },
  processedSpans: {
    name: 'otel.sdk.processor.span.processed',
    instrument: 'counter',
    unit: '{span}',
    brief: 'Spans for which the queue had no room: `error.type` is `queue_full`.',
    ...development,
  },
  waitingSpans: {
    name: 'otel.sdk.processor.span.queue.size',
    instrument: 'updowncounter',
    unit: '{span}',
    brief: 'Ended spans that are not known to be delivered.',
    ...development,
  },
} as const satisfies Record<string, MetricDeclaration>;
