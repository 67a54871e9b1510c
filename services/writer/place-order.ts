import { SpanKind } from '@opentelemetry/api';
import {
  ATTR,
  ORDERS_COLLECTION,
  SPAN,
  type OrderDocument,
  type PlaceOrder,
} from '@beyond-headers/contracts';
import { captureContext } from '@beyond-headers/propagation';
import { inSpan } from '@beyond-headers/telemetry';
import { ObjectId, type Collection } from 'mongodb';

/**
 * Writes an order, which is also the message: the context of the PRODUCER span goes into the document's `context`
 * field, in the same insert as the business data.
 */
export async function placeOrder(
  orders: Collection<OrderDocument>,
  body: PlaceOrder,
): Promise<OrderDocument> {
  const id = new ObjectId().toHexString();
  const attributes = {
    [ATTR.messagingSystem]: 'mongodb',
    [ATTR.messagingDestination]: ORDERS_COLLECTION,
    [ATTR.messagingOperationName]: 'send',
    [ATTR.messagingOperationType]: 'send',
    [ATTR.messagingMessageId]: id,
    [ATTR.orderId]: id,
  };
  return inSpan(SPAN.sendOrders, { kind: SpanKind.PRODUCER, attributes }, async (span) => {
    const order = toDocument(id, body, span.spanContext().traceId);
    await orders.insertOne(order);
    return order;
  });
}

function toDocument(id: string, body: PlaceOrder, traceId: string): OrderDocument {
  const now = new Date();
  const context = body.demo?.document === 'off' ? undefined : captureContext();
  return {
    _id: id,
    customer: body.customer,
    items: body.items,
    report: body.report ?? false,
    status: 'pending',
    createdAt: now,
    availableAt: now,
    attempts: 0,
    traceIds: [traceId],
    ...(body.demo && { demo: body.demo }),
    ...(context && { context }),
  };
}
