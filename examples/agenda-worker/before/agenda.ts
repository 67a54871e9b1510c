import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { MongoClient } from 'mongodb';

/** What the handler of `receipt` gets. */
export interface Receipt {
  orderId: string;
}

const client = new MongoClient(process.env['MONGODB_URI'] ?? 'mongodb://127.0.0.1:27017');

export const database = client.db('agenda_example');
export const agenda = new Agenda({ backend: new MongoBackend({ mongo: database }), processEvery: 500 });
await agenda.ready;

process.once('SIGTERM', () => void agenda.stop().then(() => client.close()));
