import { startMongod } from '@beyond-headers/local-mongod';
import { MongoClient, type Db } from 'mongodb';

/** A database of a test in a real mongod. `close` drops it. */
export interface Database {
  client: MongoClient;
  db: Db;
  close: () => Promise<void>;
}

export async function openDatabase(name: string): Promise<Database> {
  const mongod = await startMongod();
  const client = await new MongoClient(mongod.uri, { serverSelectionTimeoutMS: 10_000 }).connect();
  const db = client.db(`${name}-${process.pid}`);
  const close = async () => {
    await db.dropDatabase();
    await client.close();
    await mongod.close();
  };
  return { client, db, close };
}
