import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { MongoClient } from 'mongodb';

/** The data of a `receipt` job. */
export interface Receipt {
  orderId: string;
}

const client = new MongoClient(process.env['MONGODB_URI'] ?? 'mongodb://127.0.0.1:27017');

export const database = client.db('agenda_example');
export const agenda = new Agenda({ backend: new MongoBackend({ mongo: database }), processEvery: 500 });
await agenda.ready;

/** Waits at most ten seconds for running jobs, and closes the connection. */
export async function close(): Promise<void> {
  await agenda.drain(10_000);
  await client.close();
}
