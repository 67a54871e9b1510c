import { apiDocs } from '@beyond-headers/api-docs';
import {
  listOrders as listOrdersQuery,
  orderId,
  placeOrder as placeOrderBody,
  type OrderDocument,
  type PlacedOrder,
} from '@beyond-headers/contracts';
import {
  answerWithin,
  createHttpApp,
  HttpProblem,
  type AccessOptions,
  type Logger,
} from '@beyond-headers/service-kit';
import { Router, type Express } from 'express';
import type { Collection } from 'mongodb';
import { writerApi } from './api.ts';
import { findOrder, findStoredOrder, listOrders } from './find-orders.ts';
import { readIdempotencyKey } from './idempotency.ts';
import { placeOrder } from './place-order.ts';

export interface WriterOptions {
  orders: Collection<OrderDocument>;
  /** Base URL for `links.trace`. */
  tracesUrl: string;
  /** Whether `demo` of an order is obeyed and `GET /orders/:id/carrier` is served. */
  demoControls?: boolean;
  /** Whom it lets in, and how often. */
  access?: AccessOptions;
  logger: Logger;
  ping: () => Promise<void>;
}

/** The public door: takes orders and shows what became of them. */
export function createWriterApp(options: WriterOptions): Express {
  const { orders, tracesUrl, demoControls, access, logger, ping } = options;
  const routes = Router();
  routes.use('/docs', apiDocs());

  routes.post('/orders', async (request, response) => {
    const key = readIdempotencyKey(request.get('idempotency-key'));
    const body = placeOrderBody.parse(request.body);
    if (!demoControls) delete body.demo;
    const order = await answerWithin(placeOrder(orders, body, key));
    response.status(202).json(toAnswer(order, tracesUrl));
  });

  routes.get('/orders', async (request, response) => {
    response.json(await answerWithin(listOrders(orders, listOrdersQuery.parse(request.query), logger)));
  });

  routes.get('/orders/:id', async (request, response) => {
    const id = orderId.safeParse(request.params.id);
    const order = id.success ? await answerWithin(findOrder(orders, id.data, logger)) : undefined;
    if (!order) throw new HttpProblem(404, 'There is no order with this id. GET /orders lists them.');
    response.json(order);
  });

  if (demoControls) {
    routes.get('/orders/:id/carrier', async (request, response) => {
      const document = await answerWithin(findStoredOrder(orders, orderId.parse(request.params.id)));
      if (!document) throw new HttpProblem(404, 'There is no order with this id. GET /orders lists them.');
      // In lines, as people read it.
      response.type('json').send(`${JSON.stringify({ document }, undefined, 2)}\n`);
    });
  }

  return createHttpApp({ logger, routes, api: writerApi, checks: { mongodb: ping }, ...access });
}

function toAnswer(
  { _id, status, traceIds }: Pick<OrderDocument, '_id' | 'status' | 'traceIds'>,
  tracesUrl: string,
): PlacedOrder {
  const [traceId] = traceIds;
  return {
    orderId: _id,
    status,
    ...(traceId && { traceId }),
    links: { self: `/orders/${_id}`, ...(traceId && { trace: `${tracesUrl}/trace/${traceId}` }) },
  };
}
