import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { startMongod, type Mongod } from '@beyond-headers/local-mongod';
import { createLogger } from '@beyond-headers/service-kit';
import { openMongo } from '@beyond-headers/service-kit/mongo';
import type { Collection, Db } from 'mongodb';
import { createWriterApp, type WriterOptions } from '../../../services/writer/app.ts';
import { sharedServers } from './shared-servers.ts';

/** A database of orders. */
export interface OrdersTest {
  uri: string;
  db: Db;
  orders: Collection<OrderDocument>;
  /** Returns the app of a writer. Without `options`, it doesn't accept the demo's switches. */
  writer(options?: Partial<WriterOptions>): ReturnType<typeof createWriterApp>;
  stop(): Promise<void>;
}

/** The tests must not freeze, end, or reconfigure a shared mongod. */
const sharedMongod = async (): Promise<Pick<Mongod, 'uri' | 'close'>> =>
  sharedServers ? { uri: sharedServers.mongodbUri, close: async () => {} } : startMongod();

/** @param own the mongod to use, which `stop` ends. Without it, the database is on the mongod that the test files share. */
export async function startOrders(database: string, own?: Mongod): Promise<OrdersTest> {
  const mongod = own ?? (await sharedMongod());
  const { db, ping, close } = openMongo(mongod.uri, database, 'test');
  const orders = db.collection<OrderDocument>(ORDERS_COLLECTION);
  const logger = createLogger('test', 'silent');
  return {
    uri: mongod.uri,
    db,
    orders,
    writer: (more) => createWriterApp({ orders, tracesUrl: 'http://traces', logger, ping, ...more }),
    stop: async () => {
      await close();
      await mongod.close();
    },
  };
}
