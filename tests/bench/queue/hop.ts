// Runs hops through MongoDB documents in its own process. For each request, it sends back hops per second.
import { ObjectId } from 'mongodb';
import { INVALID_SPAN_CONTEXT, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { captureContext, documentCarrier, extractContext } from '@beyond-headers/propagation';
import { createLogger } from '@beyond-headers/service-kit';
import { attempt } from '../../../services/poller/attempt.ts';
import { claim } from '../../../services/poller/queue/claim.ts';
import { completeOrders } from '../../../services/poller/queue/complete.ts';
import { createWorker } from '../../../services/poller/worker.ts';
import { placeOrder } from '../../../services/writer/place-order.ts';
import { perSecond, together } from '../rate.ts';
import { CONCURRENCY, emptyQueue, SETTINGS, waitingOrder } from './orders.ts';
import { PAYLOAD, serve } from './peers/programs/harness.mjs';

/**
 * `bare`: insert, claim, and complete. `carried`: the same with inject and extract. `whole`: all that the writer and the poller do for an
 * order.
 */
export type HopMode = 'bare' | 'carried' | 'whole';

export interface HopRequest {
  mode: HopMode;
  count: number;
}

const NO_SPAN = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
const queue = await emptyQueue(process.argv[2] ?? '');
const worker = createWorker(
  queue,
  { ...SETTINGS, orders: queue.orders, handle: async () => {}, logger: createLogger('bench', 'silent') },
  new AbortController().signal,
);

const hops: Record<HopMode, () => Promise<unknown>> = {
  bare: async () => {
    await insert(undefined);
    const claimed = await claim(queue, 1);
    await completeOrders(queue, [{ held: claimed, span: NO_SPAN }]);
  },
  carried: async () => {
    await insert(captureContext());
    const claimed = await claim(queue, 1);
    extractContext(claimed[0]?.context, documentCarrier, ROOT_CONTEXT);
    await completeOrders(queue, [{ held: claimed, span: NO_SPAN }]);
  },
  whole: async () => {
    await placeOrder(queue.orders, PAYLOAD);
    const claimed = await claim(queue, 1);
    for (const order of claimed) await attempt([order], worker);
  },
};

function insert(context: Record<string, string> | undefined) {
  return queue.orders.insertOne({
    ...waitingOrder(new ObjectId().toHexString()),
    ...(context && { context }),
  });
}

serve(({ mode, count }: HopRequest) => perSecond(count, () => together(count, CONCURRENCY, hops[mode])));
