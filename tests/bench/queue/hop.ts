// One side of the tracing comparison, in a process of its own: orders go through the document, and the rate goes to stdout.
import { ObjectId } from 'mongodb';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { captureContext, documentCarrier, extractContext } from '@beyond-headers/propagation';
import { claim } from '../../../services/poller/queue/claim.ts';
import { completeOrders } from '../../../services/poller/queue/settle.ts';
import { processOrder } from '../../../services/poller/process-orders.ts';
import { createLogger } from '@beyond-headers/service-kit';
import { placeOrder } from '../../../services/writer/place-order.ts';
import { CONCURRENCY, emptyQueue, type BenchQueue } from './orders.ts';

const [uri = '', mode = '', countText = ''] = process.argv.slice(2);
const count = Number(countText);
const BODY = { customer: 'ada', items: [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }] };
const logger = createLogger('bench', 'silent');
const release = new AbortController().signal;

const hops: Record<string, (queue: BenchQueue) => Promise<unknown>> = {
  /** Insert, claim, complete: nothing of tracing. */
  bare: async (queue) => {
    await insert(queue, undefined);
    const { claimed } = await claim(queue, 1);
    await completeOrders(queue, claimed, '');
  },
  /** The same with inject and extract. */
  carried: async (queue) => {
    await insert(queue, captureContext());
    const { claimed } = await claim(queue, 1);
    extractContext(claimed[0]?.context, documentCarrier, ROOT_CONTEXT);
    await completeOrders(queue, claimed, '');
  },
  /** What writer and poller do for an order, spans included when there is an SDK. */
  whole: async (queue) => {
    await placeOrder(queue.orders, BODY);
    const { claimed } = await claim(queue, 1);
    for (const order of claimed)
      await processOrder(order, { queue, handle: async () => {}, logger, release });
  },
};

function insert({ orders }: BenchQueue, context: Record<string, string> | undefined) {
  const at = new Date(0);
  return orders.insertOne({
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

async function rate(
  hop: (queue: BenchQueue) => Promise<unknown>,
  queue: BenchQueue,
  hopCount: number,
): Promise<number> {
  let left = hopCount;
  const startedAt = performance.now();
  const work = async () => {
    while (left-- > 0) await hop(queue);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return (hopCount / (performance.now() - startedAt)) * 1_000;
}

const queue = await emptyQueue(uri);
const hop = hops[mode]!;
await rate(hop, queue, count / 4);
console.log(await rate(hop, queue, count));
await queue.drop();
