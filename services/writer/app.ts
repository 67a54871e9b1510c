import { apiDocs } from '@beyond-headers/api-docs';
import {
  decideOrder as decideOrderBody,
  listOrders as listOrdersQuery,
  orderId,
  placeOrder as placeOrderBody,
  placeOrders as placeOrdersBody,
  shownStatus,
  type OrderDocument,
  type PlacedOrder,
  type PlacedOrders,
} from '@beyond-headers/contracts';
import {
  answerWithin,
  countRequests,
  createHttpApp,
  HttpProblem,
  type AccessOptions,
  type ExtraCalls,
  type Logger,
} from '@beyond-headers/service-kit';
import { needsMongo } from '@beyond-headers/service-kit/mongo';
import { Router, type Express } from 'express';
import type { Collection } from 'mongodb';
import { writerApi } from './api.ts';
import { cancelOrder } from './cancel-order.ts';
import { decideOrder, type FinishApproval } from './decide-order.ts';
import { findOrder, listOrders, noSuchOrder } from './find-orders.ts';
import { readIdempotencyKey } from './idempotency.ts';
import { placeBatch } from './place-batch.ts';
import { placeOrder } from './place-order.ts';
import type { FinishOrder } from './send-order.ts';

export interface WriterOptions {
  orders: Collection<OrderDocument>;
  /** Base URL for `links.trace`. */
  tracesUrl: string;
  finish?: FinishOrder | undefined;
  finishApproval?: FinishApproval | undefined;
  extra?: ExtraCalls | undefined;
  access?: AccessOptions;
  logger: Logger;
  ping: () => Promise<void>;
}

/** Creates the public endpoint, which accepts orders and shows their status. */
export function createWriterApp(options: WriterOptions): Express {
  const { orders, tracesUrl, finish, finishApproval, extra, access, logger, ping } = options;
  const routes = Router();
  routes.use('/docs', apiDocs());

  routes.post('/orders', async (request, response) => {
    const idempotencyKey = readIdempotencyKey(request.get('idempotency-key'));
    const body = placeOrderBody.parse(request.body);
    const order = await answerWithin(placeOrder(orders, body, { idempotencyKey, finish }));
    response.status(202).json(toAnswer(order, tracesUrl));
  });

  routes.post('/orders/batch', async (request, response) => {
    const idempotencyKey = readIdempotencyKey(request.get('idempotency-key'));
    const body = placeOrdersBody.parse(request.body);
    await countRequests(request, response, body.orders.length);
    const placed = await answerWithin(placeBatch(orders, body, { idempotencyKey, finish }));
    const answer: PlacedOrders = { orders: placed.map((order) => toAnswer(order, tracesUrl)) };
    response.status(202).json(answer);
  });

  routes.post('/orders/:id/approval', async (request, response) => {
    const body = decideOrderBody.parse(request.body);
    response.json(await answerWithin(decideOrder(orders, idIn(request.params), body, finishApproval)));
  });

  routes.get('/orders', async (request, response) => {
    response.json(await answerWithin(listOrders(orders, listOrdersQuery.parse(request.query), logger)));
  });

  routes.get('/orders/:id', async (request, response) => {
    response.json(await answerWithin(findOrder(orders, idIn(request.params), logger)));
  });

  routes.delete('/orders/:id', async (request, response) => {
    const status = await answerWithin(cancelOrder(orders, idIn(request.params)));
    if (status === 'unknown') throw noSuchOrder();
    if (status !== 'cancelled') throw notCancelled(status);
    response.status(204).end();
  });

  return createHttpApp({ logger, routes, api: writerApi, extra, ...needsMongo(ping), ...access });
}

/** Throws a 404 for an id that no order can have. */
function idIn({ id }: { id: string }): string {
  const { data } = orderId.safeParse(id);
  if (data === undefined) throw noSuchOrder();
  return data;
}

function notCancelled(status: string): HttpProblem {
  return new HttpProblem(
    409,
    status === 'processing'
      ? 'The order is being processed. Try again later: you can stop a recurring order between two runs.'
      : `The order is ${status}, so it can't be stopped.`,
  );
}

function toAnswer(
  { _id, status, traceIds }: Pick<OrderDocument, '_id' | 'status' | 'traceIds'>,
  tracesUrl: string,
): PlacedOrder {
  const [traceId] = traceIds;
  return {
    orderId: _id,
    status: shownStatus(status),
    ...(traceId && { traceId }),
    links: { self: `/orders/${_id}`, ...(traceId && { trace: `${tracesUrl}/trace/${traceId}` }) },
  };
}
