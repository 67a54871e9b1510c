import { MongoClient } from 'mongodb';

import { explainMongoFailure } from './mongo-failure.ts';
import { type Mongod, type MongodOptions, startMongod } from './mongod.ts';

/** A MongoDB to use, and its process if this process started it. */
export interface Database {
  uri: string;
  mongod?: Mongod;
  /** Stops a mongod that was started here. Does nothing to a MongoDB that was already running. */
  close(): Promise<void>;
}

/** Uses the MongoDB at `MONGODB_URI` if it is set, and starts a mongod otherwise. Throws with the reason if the MongoDB can't be used. */
export async function connectOrStart(
  options: MongodOptions = {},
  env: NodeJS.ProcessEnv = process.env,
  reachTimeoutMs = 5_000,
): Promise<Database> {
  const uri = env.MONGODB_URI?.trim();
  if (uri) {
    await reach(uri, reachTimeoutMs);
    return { uri, close: async () => {} };
  }
  const mongod = await startMongod(options);
  return { uri: mongod.uri, mongod, close: () => mongod.close() };
}

async function reach(uri: string, timeoutMs: number): Promise<void> {
  let client: MongoClient | undefined;
  try {
    client = new MongoClient(uri, { serverSelectionTimeoutMS: timeoutMs });
    await client.db('admin').command({ ping: 1 });
  } catch (error) {
    throw new Error(explainMongoFailure(error, uri, timeoutMs), { cause: error });
  } finally {
    await client?.close();
  }
}
