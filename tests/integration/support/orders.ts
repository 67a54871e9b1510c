import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { startMongod, type Mongod, type MongodOptions } from '@beyond-headers/local-mongod';
import { createLogger } from '@beyond-headers/service-kit';
import { openMongo } from '@beyond-headers/service-kit/mongo';
import type { Collection, Db } from 'mongodb';
import { createWriterApp, type WriterOptions } from '../../../services/writer/app.ts';

/** A database of orders on its own mongod. */
export interface OrdersTest {
  mongod: Mongod;
  db: Db;
  orders: Collection<OrderDocument>;
  /** Returns the app of a writer. Without `options`, it doesn't accept the demo's switches. */
  writer(options?: Partial<WriterOptions>): ReturnType<typeof createWriterApp>;
  stop(): Promise<void>;
}

export async function startOrders(database: string, options?: MongodOptions): Promise<OrdersTest> {
  const mongod = await startMongod(options);
  const { db, ping, close } = openMongo(mongod.uri, database, 'test');
  const orders = db.collection<OrderDocument>(ORDERS_COLLECTION);
  const logger = createLogger('test', 'silent');
  return {
    mongod,
    db,
    orders,
    writer: (more) => createWriterApp({ orders, tracesUrl: 'http://traces', logger, ping, ...more }),
    stop: async () => {
      await close();
      await mongod.close();
    },
  };
}
