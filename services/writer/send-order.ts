import { SpanKind, trace } from '@opentelemetry/api';
import {
  ATTR,
  hasSteps,
  messagingSpan,
  ofSteps,
  SPAN,
  withoutSwitches,
  type OrderDocument,
  type PlaceOrder,
} from '@beyond-headers/contracts';
import { captureContext, extractContext } from '@beyond-headers/propagation';
import { inSpan, traceIdOf } from '@beyond-headers/telemetry';
import { ObjectId } from 'mongodb';
import { withCustomerTier } from './customer-tier.ts';
import { fromRequest } from './order-request.ts';

/** A new order without its two dates, which the database server sets. */
export type NewOrder = Omit<OrderDocument, 'createdAt' | 'availableAt'>;

/** Makes the last changes to an order before it is written. */
export type FinishOrder = (order: NewOrder) => NewOrder;

export interface PlaceOptions {
  idempotencyKey?: string | undefined;
  /** Default: removes the switches from the order. */
  finish?: FinishOrder | undefined;
}

/**
 * Creates an order's document, which is also the message: it carries the context of the PRODUCER span, which ends after the write.
 * @param write called before this function returns; resolves with the order, or with that of an earlier request, to which the span links
 */
export async function sendOrder(
  body: PlaceOrder,
  { idempotencyKey, finish = withoutSwitches }: PlaceOptions,
  write: (order: NewOrder) => Promise<NewOrder>,
): Promise<NewOrder> {
  const id = new ObjectId().toHexString();
  const attributes = { ...messagingSpan('send', [id]), [ATTR.orderId]: id };
  const options = { kind: SpanKind.PRODUCER, attributes, context: withCustomerTier(body) };
  return inSpan(SPAN.sendOrders, options, async (span) => {
    const order = finish(toDocument(id, body, traceIdOf(span), idempotencyKey));
    const written = await write(order);
    const earlier = written._id === id ? undefined : trace.getSpanContext(extractContext(written.context));
    if (earlier) span.addLink({ context: earlier });
    return written;
  });
}

function toDocument(
  id: string,
  body: PlaceOrder,
  traceId: string | undefined,
  idempotencyKey: string | undefined,
): NewOrder {
  const context = captureContext();
  return {
    _id: id,
    ...fromRequest(body),
    status: hasSteps(body) ? ofSteps('pending') : 'pending',
    attempts: 0,
    traceIds: traceId === undefined ? [] : [traceId],
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(context && { context }),
  };
}
