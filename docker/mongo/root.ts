import { MongoClient, MongoServerError } from 'mongodb';
import { untilElected } from './election.ts';

const AUTHENTICATION_FAILED = 18;
const UNAUTHORIZED = 13;

/** One mongod of a replica set, with its addresses and those of the other members. */
export interface Member {
  /** The address at which this process reaches the mongod, as host:port. */
  address: string;
  /** The member's name in the replica set's configuration, as host:port. */
  member: string;
  /** The names of all members. Only the first one initiates the replica set, because two members would initiate two sets. */
  members: string[];
}

/**
 * Connects as root to a member whose replica set has a primary. The first time, creates the replica set and the root user, through
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
    // The other members get the users by replication.
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
