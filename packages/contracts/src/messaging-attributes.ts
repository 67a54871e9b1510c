import { ATTR, ORDERS_COLLECTION } from './telemetry-names.ts';

/** What is done with orders, and the conventions' type of it. */
const OPERATION_TYPES = {
  send: 'send',
  requeue: 'send',
  approve: 'send',
  split: 'send',
  receive: 'receive',
  process: 'process',
  settle: 'settle',
} as const;

export type MessagingOperation = keyof typeof OPERATION_TYPES;

/** The queue, as spans and metrics name it. */
const QUEUE = { [ATTR.messagingSystem]: 'mongodb', [ATTR.messagingDestination]: ORDERS_COLLECTION } as const;

/** Attributes of a metric: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-metrics/ */
export function messagingMetric(operation?: MessagingOperation): Record<string, string> {
  return { ...QUEUE, ...(operation && { [ATTR.messagingOperationName]: operation }) };
}

/**
 * Attributes of the span of an operation: of one order its id, of a batch how many it has.
 * https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
 */
export function messagingSpan(
  operation: MessagingOperation,
  orderIds: readonly string[],
): Record<string, string | number> {
  const [id] = orderIds;
  return {
    ...messagingMetric(operation),
    [ATTR.messagingOperationType]: OPERATION_TYPES[operation],
    ...(orderIds.length === 1 && id !== undefined
      ? messagingLink(id)
      : { [ATTR.messagingBatchCount]: orderIds.length }),
  };
}

/** Attributes of a link to the span that sent an order. */
export const messagingLink = (orderId: string): Record<string, string> => ({
  [ATTR.messagingMessageId]: orderId,
});
