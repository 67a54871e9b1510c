import { MongoClient } from 'mongodb';

import { type Mongod, type MongodOptions, startMongod } from './mongod.ts';

/** A MongoDB to use, and the process behind it when this process started one. */
export interface Database {
  uri: string;
  mongod?: Mongod;
  /** Stops what was started here; does nothing to a database that was there before. */
  close(): Promise<void>;
}

/** The MongoDB at `MONGODB_URI` when that is set, else a mongod of our own. Throws when the first is out of reach. */
export async function connectOrStart(
  options: MongodOptions = {},
  env: NodeJS.ProcessEnv = process.env,
  reachTimeoutMs = 5_000,
): Promise<Database> {
  const uri = env.MONGODB_URI;
  if (uri) {
    await reach(uri, reachTimeoutMs);
    return { uri, close: async () => {} };
  }
  const mongod = await startMongod(options);
  return { uri: mongod.uri, mongod, close: () => mongod.close() };
}

async function reach(uri: string, timeoutMs: number): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: timeoutMs });
  try {
    await client.db('admin').command({ ping: 1 });
  } catch (error) {
    throw new Error(
      'Failed to reach the MongoDB of MONGODB_URI. ' +
        `Expected a replica set that answers within ${timeoutMs} ms. ` +
        'Start it, correct MONGODB_URI, or unset it to have one started.',
      { cause: error },
    );
  } finally {
    await client.close();
  }
}
