import { stamped } from '@beyond-headers/propagation/mongodb';
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { MongoClient, type Collection } from 'mongodb';
import { perSecond, together } from '../rate.ts';
import type { Side } from '../ratio.ts';

const INSERTS = 500;
const AT_A_TIME = 8;
const SPAN = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
};

/** Inserts per second into one collection, through `stamped` and directly. */
export interface StampedInserts {
  stamped: Side;
  bare: Side;
  close: () => Promise<void>;
}

/** Prepares two sides that insert the same documents under an active span. The bare side stores a ready-made context. */
export async function openStampedInserts(uri: string): Promise<StampedInserts> {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(
    new CompositePropagator({
      propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
    }),
  );
  const client = await new MongoClient(uri).connect();
  const db = client.db('stamped');
  const orders = db.collection('orders');
  const stamping = stamped(orders);
  return {
    stamped: () => inserts(orders, (n) => stamping.insertOne(order(n))),
    bare: () => inserts(orders, (n) => orders.insertOne({ ...order(n), context: STORED })),
    close: async () => {
      await db.dropDatabase();
      await client.close();
      context.disable();
      propagation.disable();
    },
  };
}

const STORED = { traceparent: `00-${SPAN.traceId}-${SPAN.spanId}-01` };

function order(n: number) {
  return { customer: 'ada', items: [{ sku: 'tea', quantity: n, unitPriceCents: 350 }] };
}

async function inserts(orders: Collection, insert: (n: number) => Promise<unknown>): Promise<number> {
  await orders.deleteMany({});
  let n = 0;
  return context.with(trace.setSpanContext(ROOT_CONTEXT, SPAN), () =>
    perSecond(INSERTS, () => together(INSERTS, AT_A_TIME, () => insert(n++))),
  );
}
