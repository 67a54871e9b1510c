import { ORDERS_COLLECTION, type OrderDocument, type PlaceOrder } from '@beyond-headers/contracts';
import { startMongod, type Mongod } from '@beyond-headers/local-mongod';
import { MongoClient, type Collection } from 'mongodb';
import { placeOrder } from '../../../services/writer/place-order.ts';
import { until } from '../../support/until.ts';
import { ORDER } from '../../support/writer.ts';
import { startServiceProcess, type ServiceProcess } from './service-process.ts';
import { startReportSink, type ReportSink } from './report-sink.ts';

/** Whether `npm run test:faults` runs the tests, which then take much longer. */
export const isLong = process.env['FAULTS'] === 'long';

const DATABASE = 'faults';

interface HowToStart {
  /** Program to run instead of the service's `main.ts`. */
  main?: string;
  /** Modules to preload before telemetry. */
  imports?: string[];
}

export interface FaultSystem {
  mongod: Mongod;
  orders: Collection<OrderDocument>;
  sink: ReportSink;
  /** Inserts an order as the writer does, which starts its trace. Resolves with the order's id. */
  place(body?: Partial<PlaceOrder>): Promise<string>;
  poller(env?: Record<string, string>, how?: HowToStart): Promise<ServiceProcess>;
  writer(env?: Record<string, string>, how?: HowToStart): Promise<ServiceProcess>;
  /** Waits until an order is fulfilled, and resolves with it. */
  fulfilled(id: string, deadlineMs?: number): Promise<OrderDocument>;
  allFulfilled(count: number, deadlineMs: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a mongod, and a fake job-launcher that counts requests. Services run in their own processes. */
export async function startFaultSystem(answerAfterMs?: () => number): Promise<FaultSystem> {
  const mongod = await startMongod();
  // Keeps the driver's long default timeouts, because the tests are about how pollers survive an outage, not this client.
  const mongo = await new MongoClient(mongod.uri, { ignoreUndefined: true }).connect();
  const orders = mongo.db(DATABASE).collection<OrderDocument>(ORDERS_COLLECTION);
  const sink = await startReportSink(answerAfterMs);
  const processes: ServiceProcess[] = [];
  const start = async (
    service: 'poller' | 'writer',
    env: Record<string, string> = {},
    how: HowToStart = {},
  ) => {
    const base = { MONGODB_URI: mongod.uri, MONGODB_DATABASE: DATABASE, JOB_LAUNCHER_URL: sink.url };
    const started = await startServiceProcess({ service, env: { ...base, ...env }, ...how });
    processes.push(started);
    return started;
  };
  const count = () => orders.countDocuments({ status: 'fulfilled' });
  return {
    mongod,
    orders,
    sink,
    place: async (body) => (await placeOrder(orders, { ...ORDER, ...body }))._id,
    poller: (env, how) => start('poller', env, how),
    writer: (env, how) => start('writer', env, how),
    fulfilled: async (id, deadlineMs = 10_000) => {
      const what = `order ${id} fulfilled`;
      const read = () => orders.findOne({ _id: id });
      return (await until(read, (order) => order?.status === 'fulfilled', { deadlineMs, what }))!;
    },
    allFulfilled: async (expected, deadlineMs) => {
      await until(count, (done) => done >= expected, { deadlineMs, what: `${expected} orders fulfilled` });
    },
    stop: async () => {
      await Promise.all(processes.map((each) => each.kill()));
      await sink.close();
      await mongo.close();
      await mongod.close();
    },
  };
}
