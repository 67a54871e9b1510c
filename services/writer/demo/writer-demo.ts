import { orderId, type OrderDocument } from '@beyond-headers/contracts';
import { answerWithin } from '@beyond-headers/service-kit';
import { Router } from 'express';
import type { Collection } from 'mongodb';
import type { WriterOptions } from '../app.ts';
import { writerDemoOperations } from './api.ts';
import { noSuchOrder } from '../find-orders.ts';
import { spoilCarrier } from './spoil-carrier.ts';
import { spoilSegment } from './spoil-segment.ts';
import { findStoredOrder } from './stored-order.ts';

/** Returns what `DEMO_CONTROLS=on` adds: the writer applies an order's demo switches, and shows the stored document. */
export function writerDemo(
  orders: Collection<OrderDocument>,
): Pick<WriterOptions, 'finish' | 'finishApproval' | 'extra'> {
  return {
    finish: spoilCarrier,
    finishApproval: spoilSegment,
    extra: { routes: carrierRoute(orders), operations: writerDemoOperations },
  };
}

function carrierRoute(orders: Collection<OrderDocument>): Router {
  return Router().get('/orders/:id/carrier', async (request, response) => {
    const document = await answerWithin(findStoredOrder(orders, orderId.parse(request.params.id)));
    if (!document) throw noSuchOrder();
    // Indented, so that people can read it.
    response.type('json').send(`${JSON.stringify({ document }, undefined, 2)}\n`);
  });
}
