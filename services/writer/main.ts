import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { createLogger, readConfig, serve } from '@beyond-headers/service-kit';
import { openMongo } from '@beyond-headers/service-kit/mongo';
import { createWriterApp } from './app.ts';
import { accessOf, writerConfig } from './config.ts';
import { writerDemo } from './demo/writer-demo.ts';

const config = readConfig(writerConfig);
const logger = createLogger('writer', config.LOG_LEVEL);
const mongo = openMongo(config.MONGODB_URI, config.MONGODB_DATABASE, 'writer');
const orders = mongo.db.collection<OrderDocument>(ORDERS_COLLECTION);
const app = createWriterApp({
  orders,
  tracesUrl: config.TRACES_URL,
  ...(config.DEMO_CONTROLS && writerDemo(orders)),
  access: accessOf(config),
  logger,
  ping: mongo.ping,
});
await serve({ app, host: config.HOST, port: config.WRITER_PORT, logger, release: [mongo.close] });
