import { after, afterEach, beforeEach } from 'node:test';
import { startTracing, until } from '@beyond-headers/instrumentation-queue-common/testing';
import { startMongod } from '@beyond-headers/local-mongod';
import type * as agendaModule from 'agenda';
import { MongoClient } from 'mongodb';
import { AgendaInstrumentation } from '../../src/index.ts';

export const instrumentation = new AgendaInstrumentation();
export const tracing = startTracing(instrumentation);
const { Agenda } = await import('agenda');
const { MongoBackend } = await import('@agendajs/mongo-backend');

const mongod = await startMongod();
const client = await MongoClient.connect(mongod.uri);
after(async () => {
  await client.close();
  await mongod.close();
});

const database = client.db('agenda');
export const stored = database.collection<{ name: string; data: unknown }>('agendaJobs');

/** Each test has a new agenda, and an empty database. */
export let agenda: agendaModule.Agenda;

beforeEach(async () => {
  await database.dropDatabase();
  instrumentation.setConfig({});
  agenda = new Agenda({ backend: new MongoBackend({ mongo: database }), processEvery: 20 });
  await agenda.ready;
  tracing.reset();
});

afterEach(async () => {
  await agenda.drain();
  tracing.reset();
});

/** Runs jobs of this name until `count` runs have ended. */
export async function run(
  name: string,
  handler: (job: agendaModule.Job) => Promise<void>,
  { count = 1, backoff }: { count?: number; backoff?: agendaModule.BackoffStrategy } = {},
): Promise<void> {
  let ended = 0;
  agenda.on(`complete:${name}`, () => ended++);
  agenda.define(name, handler, { lockLifetime: 200, ...(backoff && { backoff }) });
  await agenda.start();
  await until(`${count} runs of ${name}`, () => ended >= count);
}
