// A poller whose handler blocks the event loop for BLOCK_MS in the first attempt, so that it sends no heartbeat.
import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { createLogger, readConfig, serve } from '@beyond-headers/service-kit';
import { openMongo } from '@beyond-headers/service-kit/mongo';
import { createPollerApp } from '../../../services/poller/app.ts';
import { pollerConfig, pollerSettings } from '../../../services/poller/config.ts';
import { startPoller } from '../../../services/poller/poller.ts';

const config = readConfig(pollerConfig);
const logger = createLogger('poller', 'info');
const mongo = openMongo(config.MONGODB_URI, config.MONGODB_DATABASE, 'blocking poller');
const poller = startPoller({
  ...pollerSettings(config),
  orders: mongo.db.collection<OrderDocument>(ORDERS_COLLECTION),
  logger,
  handle: async ({ attempts }) => {
    const never = new Int32Array(new SharedArrayBuffer(4));
    if (attempts === 1) Atomics.wait(never, 0, 0, Number(process.env['BLOCK_MS']));
  },
});
const app = createPollerApp({ poller, logger, ping: mongo.ping });
await serve({ app, host: '127.0.0.1', port: 0, logger, release: [poller.stop, mongo.close] });
