import { SpanKind } from '@opentelemetry/api';
import { SPAN, type OrderDocument, type StoredStatus, type PlaceOrder } from '@beyond-headers/contracts';
import { createLogger } from '@beyond-headers/service-kit';
import { inSpan } from '@beyond-headers/telemetry';
import { startPoller, type Poller } from '../../../services/poller/poller.ts';
import { createIndexes } from '../../../services/poller/queue/indexes.ts';
import { createOrderQueue, type OrderQueue } from '../../../services/poller/queue/order-queue.ts';
import type { PollerOptions } from '../../../services/poller/worker.ts';
import { placeOrder } from '../../../services/writer/place-order.ts';
import { until } from '../../support/until.ts';
import { startOrders, type OrdersTest } from './orders.ts';

export const SETTINGS = {
  leaseMs: 400,
  maxAttempts: 3,
  retryBaseMs: 20,
  retryMaxMs: 100,
  pollIntervalMs: 20,
  concurrency: 4,
  batchSize: 1,
  stopGraceMs: 2_000,
};

export const ORDER: PlaceOrder = {
  customer: 'ada',
  items: [{ sku: 'tea', quantity: 2, unitPriceCents: 350 }],
};

/** Handles every order at once. */
export const fulfil = async (): Promise<void> => {};

export interface QueueTest extends OrdersTest {
  database: string;
  /** Returns a queue with the settings of another poller. */
  queue(settings?: Partial<typeof SETTINGS>): OrderQueue;
  /** Starts a poller, which `clear` and `stop` end. */
  poller(handle: PollerOptions['handle'], options?: Partial<PollerOptions>): Poller;
  /** Writes an order in a new trace, as the writer does. */
  place(body?: Partial<PlaceOrder>): Promise<OrderDocument>;
  reaches(id: string, status: StoredStatus, deadlineMs?: number): Promise<OrderDocument>;
  /** Stops the pollers and empties the queue. */
  clear(): Promise<void>;
}

/** Returns helpers that place orders in a queue and process them. For the parameters, see `startOrders`. */
export async function startQueueTest(...parameters: Parameters<typeof startOrders>): Promise<QueueTest> {
  const [database] = parameters;
  const started = await startOrders(...parameters);
  const { orders } = started;
  const indexed = () => createIndexes(createOrderQueue(orders, SETTINGS));
  await indexed();
  const pollers: Poller[] = [];
  const stopPollers = () => Promise.all(pollers.splice(0).map((poller) => poller.stop()));
  const reading = (id: string) => orders.findOne({ _id: id });
  return {
    ...started,
    database,
    queue: (settings) => createOrderQueue(orders, { ...SETTINGS, ...settings }),
    poller: (handle, options) => {
      const logger = createLogger('test', 'silent');
      const poller = startPoller({ ...SETTINGS, orders, handle, logger, ...options });
      pollers.push(poller);
      return poller;
    },
    place: (body) =>
      inSpan('place', { kind: SpanKind.SERVER, root: true }, async () => {
        const { _id } = await placeOrder(orders, { ...ORDER, ...body });
        return (await reading(_id))!;
      }),
    reaches: async (id, status, deadlineMs = 10_000) => {
      const order = await until(
        () => reading(id),
        (found) => found?.status === status,
        {
          deadlineMs,
          what: `${SPAN.processOrders}: order ${id} ${status}`,
        },
      );
      return order!;
    },
    clear: async () => {
      await stopPollers();
      await orders.drop();
      await indexed();
    },
    stop: async () => {
      await stopPollers();
      await started.stop();
    },
  };
}

/** Returns stored order documents, for tests that need many. */
export function documents(count: number, status: StoredStatus, name: string = status): OrderDocument[] {
  const at = new Date(Date.now() - 60_000);
  return Array.from({ length: count }, (_, index) => ({
    _id: `${name}-${String(index).padStart(8, '0')}`,
    customer: 'ada',
    items: [],
    report: false,
    status,
    createdAt: at,
    availableAt: new Date(at.getTime() + (index % 1_000)),
    attempts: 0,
    traceIds: [],
  }));
}
