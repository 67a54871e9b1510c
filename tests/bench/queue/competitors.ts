import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { MongoClient } from 'mongodb';
import { perSecond } from '../rate.ts';
import { CONCURRENCY, emptyQueue, POLL_INTERVAL_MS } from './orders.ts';
import { countTo } from './peers/programs/harness.mjs';
import { workOff } from './work-off.ts';

/** Processes a backlog of `count` messages with a handler that does nothing. Resolves with messages per second. */
export type Competitor = (uri: string, count: number) => Promise<number>;

/** This project's queue: one claim for all free slots, and one settlement for each order. */
export const ours: Competitor = async (uri, count) => {
  const queue = await emptyQueue(uri);
  await queue.fill(count);
  const ms = await workOff(queue, count);
  await queue.drop();
  return (count / ms) * 1_000;
};

export const agenda: Competitor = async (uri, count) => {
  const client = new MongoClient(uri);
  const database = client.db('bench_agenda');
  await database.dropDatabase();
  const queue = new Agenda({
    backend: new MongoBackend({ mongo: database }),
    processEvery: POLL_INTERVAL_MS,
    maxConcurrency: CONCURRENCY,
    defaultConcurrency: CONCURRENCY,
  });
  const done = countTo(count);
  queue.define('work', done.hit);
  await queue.ready;
  const waiting = { name: 'work', type: 'normal', priority: 0, lockedAt: null, disabled: null, data: {} };
  const nextRunAt = new Date(Date.now() - 60_000);
  await database
    .collection('agendaJobs')
    .insertMany(Array.from({ length: count }, () => ({ ...waiting, nextRunAt })));
  const rate = await perSecond(count, async () => {
    await queue.start();
    await done.all;
  });
  await queue.stop();
  await client.close();
  return rate;
};

/** The part of mongodb-queue's API that is used here. The package has no types, and needs version 3 of the driver. */
interface CallbackQueue {
  createIndexes(done: (error: Error | null) => void): void;
  get(done: (error: Error | null, message?: { ack: string }) => void): void;
  ack(token: string, done: (error: Error | null) => void): void;
}

interface Driver3 {
  MongoClient: {
    connect(uri: string, options: object): Promise<{ db(name: string): Database3; close(): Promise<void> }>;
  };
}
interface Database3 {
  dropDatabase(): Promise<unknown>;
  collection(name: string): { insertMany(documents: object[]): Promise<unknown> };
}

const require = createRequire(import.meta.url);

export const mongodbQueue: Competitor = async (uri, count) => {
  const { MongoClient: MongoClient3 } = require('mongodb-3') as Driver3;
  const createQueue = require('mongodb-queue') as (database: Database3, name: string) => CallbackQueue;
  const client = await MongoClient3.connect(uri, { useUnifiedTopology: true, poolSize: CONCURRENCY });
  const database = client.db('bench_mongodb_queue');
  await database.dropDatabase();
  const queue = createQueue(database, 'orders');
  await promisify(queue.createIndexes.bind(queue))();
  const visible = new Date(Date.now() - 60_000).toISOString();
  await database
    .collection('orders')
    .insertMany(Array.from({ length: count }, () => ({ visible, payload: { customer: 'ada' } })));
  const get = promisify(queue.get.bind(queue));
  const ack = promisify(queue.ack.bind(queue));
  let left = count;
  const work = async () => {
    while (left > 0) {
      const message = await get();
      if (!message) await delay(left > 0 ? POLL_INTERVAL_MS : 0);
      else {
        await ack(message.ack);
        left--;
      }
    }
  };
  const rate = await perSecond(count, () => Promise.race(Array.from({ length: CONCURRENCY }, work)));
  await client.close();
  return rate;
};
