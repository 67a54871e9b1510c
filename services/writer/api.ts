import {
  decidedOrder,
  decideOrder,
  listOrders,
  orderId,
  orderPage,
  orderView,
  placedOrder,
  placedOrders,
  placeOrder,
  placeOrders,
} from '@beyond-headers/contracts';
import type { ApiDescription } from '@beyond-headers/service-kit';
import { z } from 'zod';

export const path = z.object({ id: orderId });
export const tooMany =
  'You sent more requests than `RATE_LIMIT` allows. Try again after the number of seconds in `Retry-After`.';
export const away = 'The database did not answer in time. Try again.';

/** @param then what the writer does with a repeated request, as the end of a sentence */
const named = (then: string) =>
  z.object({
    'idempotency-key': z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe(
        `A key that you choose for this request. If you send the request again with the same key, the writer ${then}.`,
      ),
  });

/** The operations of the writer's API, for OpenAPI. */
export const writerApi: ApiDescription = {
  title: 'writer',
  description:
    'The public endpoint: the service that untrusted callers can reach. It accepts orders, and shows their status.',
  operations: {
    'POST /orders': {
      summary: 'Place an order',
      headers: named('returns the same order'),
      body: placeOrder,
      answers: { 202: placedOrder },
      problems: {
        422: 'The `idempotency-key` was already used for another order.',
        429: tooMany,
        503: 'The database did not answer in time. The order may have been written anyway: try again with the same `idempotency-key`.',
      },
    },
    'POST /orders/batch': {
      summary: 'Place up to 100 orders in one trace, all or none',
      description:
        'Each order has its own `send orders` span, and the work on the order is below that span in the trace. `RATE_LIMIT` counts each order of a batch as one request.',
      headers: named('returns the same orders'),
      body: placeOrders,
      answers: { 202: placedOrders },
      problems: {
        413: 'The batch has more orders than `RATE_LIMIT` allows, or the body is larger than 64 KiB.',
        422: 'The `idempotency-key` was already used for other orders.',
        429: tooMany,
        501: 'A batch needs a transaction, but MongoDB runs without a replica set, so it has no transactions.',
        503: 'The database did not answer in time. The orders may have been written anyway: try again with the same `idempotency-key`.',
      },
    },
    'POST /orders/{id}/approval': {
      summary: 'Approve or reject an order that waits for an approval',
      path,
      body: decideOrder,
      answers: { 200: decidedOrder },
      problems: {
        404: 'There is no order with this id.',
        409: "The order doesn't wait for an approval, or it waits for an approval with a different number than `approval`. Nothing was changed.",
        429: tooMany,
        503: 'The database did not answer in time. The decision may have been written anyway: look at the order before you try again.',
      },
    },
    'GET /orders': {
      summary: 'List orders, newest first',
      query: listOrders,
      answers: { 200: orderPage },
      problems: { 429: tooMany, 503: away },
    },
    'GET /orders/{id}': {
      summary: 'Show an order, and the ids of all traces that contain work on it',
      path,
      answers: { 200: orderView },
      problems: { 404: 'There is no order with this id.', 429: tooMany, 503: away },
    },
    'DELETE /orders/{id}': {
      summary: "Cancel an order that isn't being processed",
      description:
        'You can cancel an order while it waits for a poller, an approval, its parts, its start time, or its next run. The order stays in the database with the status `cancelled`. If you cancel it again, nothing changes.',
      path,
      answers: { 204: null },
      problems: {
        404: 'There is no order with this id.',
        409: 'The order is being processed, or it has already ended.',
        429: tooMany,
        503: away,
      },
    },
  },
};
