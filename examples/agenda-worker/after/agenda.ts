import { MongoBackend } from '@agendajs/mongo-backend';
import type { DocumentContext } from '@beyond-headers/propagation';
import { Agenda } from 'agenda';
import { MongoClient } from 'mongodb';

/** What the handler of `receipt` gets. */
export interface Receipt {
  orderId: string;
  /** The trace context of the sender. */
  context?: DocumentContext | undefined;
}

const client = new MongoClient(process.env['MONGODB_URI'] ?? 'mongodb://127.0.0.1:27017');

export const database = client.db('agenda_example');
export const agenda = new Agenda({ backend: new MongoBackend({ mongo: database }), processEvery: 500 });
await agenda.ready;

/** Waits for the jobs in hand, for ten seconds at most, and closes the connection. */
export async function close(): Promise<void> {
  await agenda.drain(10_000);
  await client.close();
}
