import { createRequire } from 'node:module';
import { after, afterEach, beforeEach } from 'node:test';
import { promisify } from 'node:util';
import { startTracing, until } from '@beyond-headers/instrumentation-queue-common/testing';
import { startMongod } from '@beyond-headers/local-mongod';
import { trace } from '@opentelemetry/api';
import { MongoDBQueueInstrumentation } from '../../src/index.ts';
import type { GetOptions, Message, Queue } from '../../src/mongodb-queue.ts';

export const instrumentation = new MongoDBQueueInstrumentation();
export const tracing = startTracing(instrumentation);

interface Driver3 {
  MongoClient: { connect(uri: string, options: object): Promise<Client3> };
}
interface Client3 {
  db(name: string): Database3;
  close(): Promise<void>;
}
export interface Database3 {
  dropDatabase(): Promise<void>;
  collection(name: string): { find(): { toArray(): Promise<Array<Record<string, unknown>>> } };
}
export type CreateQueue = (database: Database3, name: string, options?: object) => Queue;

const require = createRequire(import.meta.url);
const { MongoClient } = require('mongodb-3') as Driver3;
/** The module has no types. Its name is in a variable, so that the compiler doesn't look for them. */
export const MODULE: string = 'mongodb-queue';
export const createQueue = require(MODULE) as CreateQueue;

const mongod = await startMongod();
const client = await MongoClient.connect(mongod.uri, { useUnifiedTopology: true });
after(async () => {
  await client.close();
  await mongod.close();
});

export const database = client.db('queues');

beforeEach(async () => {
  await database.dropDatabase();
  instrumentation.setConfig({});
  tracing.reset();
});
afterEach(() => tracing.reset());

/** Wraps a queue's methods in promises. `get` also returns the id of the span that is active in its callback. */
export function promised(queue: Queue) {
  return {
    add: promisify<unknown, string | undefined>((payload, done) => queue.add(payload, done)),
    ack: promisify<string, string | undefined>((token, done) => queue.ack(token, done)),
    ping: promisify<string, string | undefined>((token, done) => queue.ping(token, done)),
    get: (options: GetOptions = {}) =>
      new Promise<{ message: Message | undefined; active: string | undefined }>((resolve, reject) => {
        queue.get(options, (error, message) => {
          if (error) reject(error);
          else resolve({ message, active: trace.getActiveSpan()?.spanContext().spanId });
        });
      }),
  };
}

export const queueOf = (options?: object, name = 'mails') => promised(createQueue(database, name, options));

export async function got(queue: ReturnType<typeof queueOf>, options?: GetOptions): Promise<Message> {
  return until('a message', async () => (await queue.get(options)).message);
}
