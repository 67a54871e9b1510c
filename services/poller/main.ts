import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { createLogger, openMongo, readConfig, serve } from '@beyond-headers/service-kit';
import { createPollerApp } from './app.ts';
import { pollerConfig } from './config.ts';
import { fulfilOrder } from './fulfil-order.ts';
import { startPollLoop } from './loop.ts';
import { OrderQueue } from './order-queue.ts';

const config = readConfig(pollerConfig);
const logger = createLogger('poller', config.LOG_LEVEL);
const mongo = openMongo(config.MONGODB_URI, config.MONGODB_DATABASE, 'poller');
const queue = new OrderQueue(mongo.db.collection<OrderDocument>(ORDERS_COLLECTION), {
  leaseMs: config.LEASE_MS,
  maxAttempts: config.MAX_ATTEMPTS,
  retryBaseMs: config.RETRY_BASE_MS,
});
const handle = fulfilOrder(config.JOB_LAUNCHER_URL);
const loop = startPollLoop({ queue, handle, logger }, config.POLL_INTERVAL_MS);
const app = createPollerApp({ queue, loop, demoControls: config.DEMO_CONTROLS, logger, ping: mongo.ping });
await serve({ app, host: config.HOST, port: config.POLLER_PORT, logger, release: [loop.stop, mongo.close] });
