import { SpanKind, trace, type Span } from '@opentelemetry/api';
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
import { HttpProblem } from '@beyond-headers/service-kit';
import { inSpan, traceIdOf } from '@beyond-headers/telemetry';
import { MongoServerError, ObjectId, type Collection } from 'mongodb';
import { withCustomerTier } from './customer-tier.ts';
import { ensureIdempotencyIndex } from './idempotency.ts';
import { recordSent } from './metrics.ts';
import type { FinishOrder, NewOrder } from './new-order.ts';
import { fromRequest, isSameRequest } from './order-request.ts';

const DUPLICATE_KEY = 11_000;

export interface PlaceOptions {
  /** The caller's name for this request. */
  idempotencyKey?: string | undefined;
  /** Default: an order is written without switches. */
  finish?: FinishOrder | undefined;
}

/**
 * Writes an order, which is also the message: the context of the PRODUCER span goes into the document's `context`
 * field, in the same write as the business data.
 *
 * With an idempotency key that an earlier request used, nothing is written and that request's order is given back.
 * Throws a 422 when the two requests differ.
 */
export async function placeOrder(
  orders: Collection<OrderDocument>,
  body: PlaceOrder,
  { idempotencyKey, finish = withoutSwitches }: PlaceOptions = {},
): Promise<NewOrder> {
  if (idempotencyKey !== undefined) await ensureIdempotencyIndex(orders);
  const id = new ObjectId().toHexString();
  const attributes = { ...messagingSpan('send', [id]), [ATTR.orderId]: id };
  const options = { kind: SpanKind.PRODUCER, attributes, context: withCustomerTier(body) };
  return inSpan(SPAN.sendOrders, options, async (span) => {
    const order = finish(toDocument(id, body, traceIdOf(span), idempotencyKey));
    try {
      await insertWithServerTime(orders, order);
      recordSent();
      return order;
    } catch (error) {
      if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) throw error;
      return placedBefore(orders, order, span);
    }
  });
}

/**
 * An insert cannot ask for the server's time, an update can: an upsert of a new id is an insert with `$$NOW`
 * (docs/decisions/server-time.md). Should the driver send it twice, what is there already wins.
 */
async function insertWithServerTime(orders: Collection<OrderDocument>, order: NewOrder): Promise<void> {
  const { _id, ...fields } = order;
  const { startsAt } = order;
  // A time that has passed is now, by the server's clock.
  const availableAt = startsAt ? { $max: ['$$NOW', startsAt] } : '$$NOW';
  const dates = { createdAt: '$$NOW', availableAt };
  // Literal: text of the caller that starts with `$` must stay text.
  const document = { $mergeObjects: [{ $literal: fields }, dates, '$$ROOT'] };
  await orders.updateOne({ _id }, [{ $replaceWith: document }], { upsert: true });
}

async function placedBefore(
  orders: Collection<OrderDocument>,
  order: NewOrder,
  span: Span,
): Promise<OrderDocument> {
  const earlier = await orders.findOne({ idempotencyKey: order.idempotencyKey ?? '' });
  if (!earlier || !isSameRequest(earlier, order)) {
    throw new HttpProblem(
      422,
      'This Idempotency-Key was already used for another order. Use a new key for a new order.',
    );
  }
  const sent = trace.getSpanContext(extractContext(earlier.context));
  if (sent) span.addLink({ context: sent });
  return earlier;
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
