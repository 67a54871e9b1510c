import { MongoClient, MongoServerError } from 'mongodb';
import { untilElected } from './election.ts';

const AUTHENTICATION_FAILED = 18;
const UNAUTHORIZED = 13;

/** One mongod of a replica set, and how the set calls it and the others. */
export interface Member {
  /** host:port where this process reaches it. */
  address: string;
  /** host:port in the replica set's configuration. */
  member: string;
  /** All of them. The first one makes the replica set: two that did would make two sets. */
  members: string[];
}

/**
 * A connection that may do everything, to a member whose replica set has a primary. The first time both are made, through
 * MongoDB's localhost exception: https://www.mongodb.com/docs/manual/core/localhost-exception/
 */
export async function connectAsRoot(member: Member, password: string): Promise<MongoClient> {
  const { address } = member;
  const known = await tryAsRoot(address, password);
  if (known) return known;
  await createRoot(member, password);
  const created = await tryAsRoot(address, password);
  if (created) return created;
  throw new Error(`Failed to log in to MongoDB at ${address} as the root user that was just made.`);
}

async function tryAsRoot(address: string, password: string): Promise<MongoClient | undefined> {
  const client = clientOf(address, { username: 'root', password });
  try {
    await client.connect();
    await untilElected(client);
    return client;
  } catch (error) {
    await client.close();
    if (isRefused(error, AUTHENTICATION_FAILED)) return undefined;
    throw error;
  }
}

async function createRoot(member: Member, password: string): Promise<void> {
  const client = clientOf(member.address);
  try {
    await initiate(client, member);
    const { isPrimary, primary } = await untilElected(client);
    // Users reach the other members by replication.
    if (!isPrimary)
      throw new Error(`MongoDB at ${member.address} waits for the users that ${primary} makes.`);
    await client.db('admin').command({ createUser: 'root', pwd: password, roles: ['root'] });
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

async function initiate(client: MongoClient, { member, members }: Member): Promise<void> {
  const admin = client.db('admin');
  const { setName } = await admin.command({ hello: 1 });
  if (setName) return;
  if (member !== members[0])
    throw new Error(`MongoDB at ${member} waits for the replica set that ${members[0]} makes.`);
  const config = { _id: 'rs0', members: members.map((host, _id) => ({ _id, host })) };
  await admin.command({ replSetInitiate: config });
}

function clientOf(address: string, auth?: { username: string; password: string }): MongoClient {
  return new MongoClient(`mongodb://${address}/`, {
    directConnection: true,
    serverSelectionTimeoutMS: 10_000,
    ...(auth && { auth, authSource: 'admin' }),
  });
}

function isRefused(error: unknown, code: number): boolean {
  return error instanceof MongoServerError && error.code === code;
}
