import { setTimeout as delay } from 'node:timers/promises';

import { MongoClient, MongoServerError } from 'mongodb';

import { isListening } from '@beyond-headers/local-process';
import { REPLICA_SET } from './process.ts';

const CHECK_EVERY_MS = 20;
const NOT_YET_INITIALIZED = 94;
const INVALID_REPLICA_SET_CONFIG = 93;

export async function untilItListens(port: number, signal: AbortSignal): Promise<void> {
  while (!(await isListening(port))) await delay(CHECK_EVERY_MS, undefined, { signal });
}

/** Makes a listening server the only member of its replica set, and waits until it accepts writes. */
export async function becomePrimary(port: number, signal: AbortSignal): Promise<void> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 5_000,
  });
  try {
    await client.connect();
    await configure(client, port);
    while (!(await isPrimary(client))) await delay(CHECK_EVERY_MS, undefined, { signal });
  } finally {
    await client.close();
  }
}

async function isPrimary(client: MongoClient): Promise<boolean> {
  const { isWritablePrimary } = await client.db('admin').command({ hello: 1 });
  return isWritablePrimary === true;
}

async function configure(client: MongoClient, port: number): Promise<void> {
  const admin = client.db('admin');
  const members = [{ _id: 0, host: `127.0.0.1:${port}` }];
  try {
    await admin.command({ replSetGetStatus: 1 });
  } catch (error) {
    const code = error instanceof MongoServerError ? error.code : undefined;
    if (code === NOT_YET_INITIALIZED) {
      await admin.command({ replSetInitiate: { _id: REPLICA_SET, members } });
    } else if (code === INVALID_REPLICA_SET_CONFIG) {
      // The data is from a run on another port, so the server does not find itself among the members.
      const { config } = await admin.command({ replSetGetConfig: 1 });
      await admin.command({ replSetReconfig: { ...config, members }, force: true });
    } else {
      throw error;
    }
  }
}
