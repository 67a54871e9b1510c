import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { createLogger, readConfig, serve } from '@beyond-headers/service-kit';
import { openMongo } from '@beyond-headers/service-kit/mongo';
import { createPollerApp } from './app.ts';
import { pollerConfig, pollerSettings } from './config.ts';
import { pauseCalls } from './demo/pause.ts';
import { pollerDemo } from './demo/poller-demo.ts';
import { fulfilOrder, NEEDS_LAUNCHER } from './fulfil-order.ts';
import { observeQueue } from './metrics.ts';
import { startPoller } from './poller.ts';

const config = readConfig(pollerConfig);
const logger = createLogger('poller', config.LOG_LEVEL);
const mongo = openMongo(config.MONGODB_URI, config.MONGODB_DATABASE, 'poller');
const poller = startPoller({
  ...pollerSettings(config),
  orders: mongo.db.collection<OrderDocument>(ORDERS_COLLECTION),
  handle: fulfilOrder(config.JOB_LAUNCHER_URL),
  dependents: NEEDS_LAUNCHER,
  ...(config.DEMO_CONTROLS && pollerDemo(config.JOB_LAUNCHER_URL)),
  logger,
});
observeQueue(poller.queue);
const app = createPollerApp({
  poller,
  ...(config.DEMO_CONTROLS && { extra: pauseCalls(poller.loop) }),
  allowedHosts: config.ALLOWED_HOSTS,
  logger,
  ping: mongo.ping,
});
await serve({
  app,
  host: config.HOST,
  port: config.POLLER_PORT,
  logger,
  release: [poller.stop, mongo.close],
  workGraceMs: config.STOP_GRACE_MS,
});
