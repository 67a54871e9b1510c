import { setTimeout as delay } from 'node:timers/promises';
import type { MongoClient } from 'mongodb';

const DEADLINE_MS = 30_000;

export interface Elected {
  /** Of the member that the client is connected to. */
  isPrimary: boolean;
  /** host:port of the primary. */
  primary: string;
}

/** Waits until the replica set of a direct connection has a primary that this member follows or is. */
export async function untilElected(client: MongoClient): Promise<Elected> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const elected = await electedOf(client);
    if (elected) return elected;
    if (Date.now() > deadline)
      throw new Error(`Failed to get a primary within ${DEADLINE_MS} ms. See: docker compose logs mongo`);
    await delay(100);
  }
}

/** Undefined while the member is neither primary nor secondary, or knows no primary. */
export async function electedOf(client: MongoClient): Promise<Elected | undefined> {
  const { isWritablePrimary, secondary, primary } = await client.db('admin').command({ hello: 1 });
  const takesPart = isWritablePrimary === true || secondary === true;
  return takesPart && typeof primary === 'string' ? { isPrimary: isWritablePrimary, primary } : undefined;
}
