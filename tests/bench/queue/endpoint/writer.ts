// Runs the writer in its own process, traced or untraced, and sends its port to the parent process.
import type { AddressInfo } from 'node:net';
import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { createLogger } from '@beyond-headers/service-kit';
import { openMongo } from '@beyond-headers/service-kit/mongo';
import { listen } from '@beyond-headers/service-kit/listen';
import { createWriterApp } from '../../../../services/writer/app.ts';

const [, , uri = '', database = ''] = process.argv;
const mongo = openMongo(uri, database, 'bench');
const server = await listen(
  createWriterApp({
    orders: mongo.db.collection<OrderDocument>(ORDERS_COLLECTION),
    tracesUrl: 'http://127.0.0.1',
    logger: createLogger('bench', 'silent'),
    ping: mongo.ping,
  }),
);
process.on('disconnect', () => process.exit(0));
process.send?.((server.address() as AddressInfo).port);
