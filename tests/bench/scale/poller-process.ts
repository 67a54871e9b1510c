// Runs one poller in its own process. Arguments: URI, database, slots, and the milliseconds that its handler waits.
import { setTimeout as delay } from 'node:timers/promises';
import { createLogger } from '@beyond-headers/service-kit';
import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { MongoClient } from 'mongodb';
import { startPoller } from '../../../services/poller/poller.ts';
import { SETTINGS } from '../queue/orders.ts';
import { serve } from '../queue/peers/programs/harness.mjs';

const [uri = '', database, slots, handlerMs] = process.argv.slice(2);
const client = await new MongoClient(uri).connect();

serve(async () => {
  startPoller({
    ...SETTINGS,
    orders: client.db(database).collection<OrderDocument>(ORDERS_COLLECTION),
    concurrency: Number(slots),
    handle: () => delay(Number(handlerMs)),
    logger: createLogger('bench', 'silent'),
  });
  return 'started';
});
