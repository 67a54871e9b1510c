import { setTimeout as delay } from 'node:timers/promises';
import type { MongoClient } from 'mongodb';

const DEADLINE_MS = 30_000;

export interface Elected {
  /** Whether the member that the client is connected to is the primary. */
  isPrimary: boolean;
  /** host:port of the primary. */
  primary: string;
}

/** Waits until the connected member is the primary, or is a secondary that knows the primary. Needs a direct connection. */
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

/**
 * Returns undefined while the member is neither primary nor secondary, or knows no primary. A new primary names itself as primary shortly
 * before it accepts writes. The election hasn't ended until then.
 */
export async function electedOf(client: MongoClient): Promise<Elected | undefined> {
  const { isWritablePrimary, secondary, primary, me } = await client.db('admin').command({ hello: 1 });
  if (typeof primary !== 'string') return undefined;
  if (isWritablePrimary === true) return { isPrimary: true, primary };
  return secondary === true && primary !== me ? { isPrimary: false, primary } : undefined;
}
