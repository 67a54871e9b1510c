import { ATTR, ORDERS_COLLECTION } from './telemetry-names.ts';

/** The operations on orders, with their types in the conventions. */
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

/** The attributes of the queue on spans and metrics. */
const QUEUE = { [ATTR.messagingSystem]: 'mongodb', [ATTR.messagingDestination]: ORDERS_COLLECTION } as const;

/** Returns the attributes of a metric: https://opentelemetry.io/docs/specs/semconv/messaging/messaging-metrics/ */
export function messagingMetric(operation?: MessagingOperation): Record<string, string> {
  return { ...QUEUE, ...(operation && { [ATTR.messagingOperationName]: operation }) };
}

/**
 * Returns the attributes of an operation's span: the ID of a single order, or the number of orders in a batch.
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

/** Returns the attributes of a link to the span that sent an order. */
export const messagingLink = (orderId: string): Record<string, string> => ({
  [ATTR.messagingMessageId]: orderId,
});
