import { setTimeout as delay } from 'node:timers/promises';
import { MongoClient, MongoServerError } from 'mongodb';

const AUTHENTICATION_FAILED = 18;
const UNAUTHORIZED = 13;
const ELECTION_DEADLINE_MS = 30_000;

/**
 * A connection that may do everything, to a replica set that has a primary. The first time both are made, through MongoDB's
 * localhost exception: https://www.mongodb.com/docs/manual/core/localhost-exception/
 */
export async function connectAsRoot(address: string, member: string, password: string): Promise<MongoClient> {
  const known = await tryAsRoot(address, password);
  if (known) return known;
  await createRoot(address, member, password);
  const created = await tryAsRoot(address, password);
  if (created) return created;
  throw new Error(`Failed to log in to MongoDB at ${address} as the root user that was just made.`);
}

async function tryAsRoot(address: string, password: string): Promise<MongoClient | undefined> {
  const client = clientOf(address, { username: 'root', password });
  try {
    await client.connect();
    await untilPrimary(client);
    return client;
  } catch (error) {
    await client.close();
    if (isRefused(error, AUTHENTICATION_FAILED)) return undefined;
    throw error;
  }
}

async function createRoot(address: string, member: string, password: string): Promise<void> {
  const client = clientOf(address);
  try {
    const admin = client.db('admin');
    const { setName } = await admin.command({ hello: 1 });
    if (!setName) {
      const config = { _id: 'rs0', members: [{ _id: 0, host: member }] };
      await admin.command({ replSetInitiate: config });
    }
    await untilPrimary(client);
    await admin.command({ createUser: 'root', pwd: password, roles: ['root'] });
  } catch (error) {
    if (!isRefused(error, UNAUTHORIZED)) throw error;
    throw new Error(
      'Failed to log in to MongoDB as root: its data have users of an earlier start, whose passwords are gone. ' +
        "Start over without the data: docker compose --profile '*' down --volumes",
      { cause: error },
    );
  } finally {
    await client.close();
  }
}

function clientOf(address: string, auth?: { username: string; password: string }): MongoClient {
  return new MongoClient(`mongodb://${address}/`, {
    directConnection: true,
    serverSelectionTimeoutMS: 10_000,
    ...(auth && { auth, authSource: 'admin' }),
  });
}

async function untilPrimary(client: MongoClient): Promise<void> {
  const deadline = Date.now() + ELECTION_DEADLINE_MS;
  for (;;) {
    const { isWritablePrimary } = await client.db('admin').command({ hello: 1 });
    if (isWritablePrimary) return;
    if (Date.now() > deadline)
      throw new Error(
        `Failed to get a primary within ${ELECTION_DEADLINE_MS} ms. See: docker compose logs mongo`,
      );
    await delay(100);
  }
}

function isRefused(error: unknown, code: number): boolean {
  return error instanceof MongoServerError && error.code === code;
}
