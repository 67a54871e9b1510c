import type { MetricDeclaration } from './declarations.ts';

/**
 * Metrics: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-metrics/ and
 * https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/, v1.44; durations in seconds.
 */
export const METRICS = {
  sentMessages: {
    name: 'messaging.client.sent.messages',
    instrument: 'counter',
    unit: '{message}',
    brief: 'The number of orders that the writer stored.',
  },
  consumedMessages: {
    name: 'messaging.client.consumed.messages',
    instrument: 'counter',
    unit: '{message}',
    brief: 'The number of orders that pollers claimed, that is, took from the queue.',
  },
  clientOperationDuration: {
    name: 'messaging.client.operation.duration',
    instrument: 'histogram',
    unit: 's',
    brief:
      'The duration of each claim and of each settlement. For a claim, which takes orders from the queue, `messaging.operation.name` is `receive`. For a settlement, which writes the outcomes of attempts, it is `settle`. Failed operations have an `error.type`.',
  },
  processDuration: {
    name: 'messaging.process.duration',
    instrument: 'histogram',
    unit: 's',
    brief: 'The duration of attempts to fulfill an order, separately for each `demo.outcome`.',
  },
  queueDepth: {
    name: 'demo.queue.depth',
    instrument: 'gauge',
    unit: '{order}',
    brief: 'The number of orders, separately for each `demo.order.status`.',
  },
  queueOldestAge: {
    name: 'demo.queue.oldest_age',
    instrument: 'gauge',
    unit: 's',
    brief:
      'How long the oldest order in the queue has waited since a poller could first claim it. 0 if no order waits.',
  },
  jobs: {
    name: 'demo.jobs',
    instrument: 'gauge',
    unit: '{job}',
    brief:
      'The number of report Jobs in the namespace [`JOB_NAMESPACE`](environment-variables.md#job-launcher), separately for each `demo.job.phase`.',
  },
  settlementsRefused: {
    name: 'demo.queue.settlements.refused',
    instrument: 'counter',
    unit: '{settlement}',
    brief:
      'The number of outcomes that a poller could not write, because another poller had claimed the order in the meantime.',
  },
  exportedSpans: {
    name: 'otel.sdk.exporter.span.exported',
    instrument: 'counter',
    unit: '{span}',
    brief:
      'The number of spans that the collector accepted. Values with an `error.type` count the spans that it did not accept, and that are lost.',
  },
  processedSpans: {
    name: 'otel.sdk.processor.span.processed',
    instrument: 'counter',
    unit: '{span}',
    brief:
      'The number of spans that were dropped because too many spans waited to be sent. Their `error.type` is `queue_full`. Other spans are not counted.',
  },
  waitingSpans: {
    name: 'otel.sdk.processor.span.queue.size',
    instrument: 'updowncounter',
    unit: '{span}',
    brief: 'The number of ended spans that the collector has not accepted yet.',
  },
} as const satisfies Record<string, MetricDeclaration>;
