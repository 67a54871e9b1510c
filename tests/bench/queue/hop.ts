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
import { CONCURRENCY, emptyQueue, SETTINGS } from './orders.ts';

/**
 * `bare`: insert, claim, and complete. `carried`: the same with inject and extract. `whole`: all that the writer and the poller do for an
 * order.
 */
export type HopMode = 'bare' | 'carried' | 'whole';

export interface HopRequest {
  mode: HopMode;
  count: number;
}

const BODY = { customer: 'ada', items: [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }] };

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
    await placeOrder(queue.orders, BODY);
    const claimed = await claim(queue, 1);
    for (const order of claimed) await attempt([order], worker);
  },
};

function insert(context: Record<string, string> | undefined) {
  const at = new Date(0);
  return queue.orders.insertOne({
    ...BODY,
    _id: new ObjectId().toHexString(),
    report: false,
    status: 'pending',
    createdAt: at,
    availableAt: at,
    attempts: 0,
    traceIds: [],
    ...(context && { context }),
  });
}

async function rate({ mode, count }: HopRequest): Promise<number> {
  let left = count;
  const startedAt = performance.now();
  const work = async () => {
    while (left-- > 0) await hops[mode]();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return (count / (performance.now() - startedAt)) * 1_000;
}

process.on('message', (request: HopRequest) => {
  void rate(request).then((hopsPerSecond) => process.send?.(hopsPerSecond));
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
