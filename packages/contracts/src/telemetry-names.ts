/**
 * Every span name and attribute of our own, declared once.
 * OpenTelemetry's semantic conventions win over own names; the messaging ones are in Development, so their
 * constants are copied here as the conventions ask of libraries
 * (https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/, v1.44).
 */
export const SPAN = {
  sendOrders: 'send orders',
  waitOrders: 'wait orders',
  processOrders: 'process orders',
  settleOrders: 'settle orders',
  requeueOrders: 'requeue orders',
  /** Of the demo's traps: where a context that is not ours comes from. */
  storeTemplate: 'store template',
  launchReportJob: 'launch report-job',
  waitPod: 'wait pod',
  runReportJob: 'run report-job',
  observeReportJob: 'observe report-job',
} as const;

export const ATTR = {
  messagingSystem: 'messaging.system',
  messagingDestination: 'messaging.destination.name',
  messagingMessageId: 'messaging.message.id',
  messagingOperationName: 'messaging.operation.name',
  messagingOperationType: 'messaging.operation.type',
  messagingBatchCount: 'messaging.batch.message_count',
  processExitCode: 'process.exit.code',
  /** Which attempt at the message this is, from 1. Example: 2 */
  attempt: 'demo.attempt',
  /** How an attempt ended. Example: "retry" */
  outcome: 'demo.outcome',
  /** When the next attempt may start, by the server's clock. Example: "2026-01-31T12:00:00.000Z" */
  retryAt: 'demo.retry.at',
  /** Which limit made a new trace of an old or often retried order. Example: "age" */
  traceLimit: 'demo.trace.limit',
  /** The order a span works for. Example: "6740e1c2a5f3b1d2c3e4f506" */
  orderId: 'demo.order.id',
  /** Whether the consumer found a usable context in its carrier. Example: false */
  contextFound: 'demo.context.found',
  /** Why Kubernetes says that an attempt ended. Example: "OOMKilled" */
  jobReason: 'demo.job.reason',
  /** Whether the Job was there before this launch, from an earlier call for the same order. Example: true */
  jobExisted: 'demo.job.existed',
  /** Which part of an Indexed Job a span is of, from 0. Example: 2 */
  completionIndex: 'demo.completion.index',
  /** How often the Kubernetes API was asked before it took the Job. Example: 2 */
  launchAttempts: 'demo.launch.attempts',
  /** The status that orders are counted by. Example: "pending" */
  orderStatus: 'demo.order.status',
  /** Prefix: a variable of the job's environment that carried the context, as the container got it. Example: `demo.carrier.TRACEPARENT` */
  carrierVariable: 'demo.carrier',
  /** Customer tier, carried as baggage from the public door. Example: "gold" */
  customerTier: 'demo.customer.tier',
} as const;

/** Metrics: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-metrics/, v1.44; durations in seconds. */
export const METRIC = {
  sentMessages: 'messaging.client.sent.messages',
  consumedMessages: 'messaging.client.consumed.messages',
  clientOperationDuration: 'messaging.client.operation.duration',
  processDuration: 'messaging.process.duration',
  /** Orders by `demo.order.status`. */
  queueDepth: 'demo.queue.depth',
  /** How long the oldest due order has waited, in seconds. */
  queueOldestAge: 'demo.queue.oldest_age',
  /** Settlements that came after the lease was lost and had no effect. */
  settlementsRefused: 'demo.queue.settlements.refused',
} as const;

/** The collection that works as a queue: destination name of the messaging spans. */
export const ORDERS_COLLECTION = 'orders';
export const REPORTS_COLLECTION = 'reports';
