import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { MongoClient, MongoServerError, type Db } from 'mongodb';
import { connectAgain } from './connect-again.ts';
import type { HttpAppOptions } from './http-app.ts';
import { isMongoUnavailable } from './mongo-unavailable.ts';

export { connectAgain, isMongoUnavailable };

/**
 * An operation ends within 1.5 s, whatever the server does, so that a caller gets a response. The driver has no limit for a whole
 * operation (its `timeoutMS` has no effect), and tries reads and most writes twice. Each try may spend its time on one of three
 * waits (for a server, for a connection, for a response). So each wait gets less than half of the time.
 */
const WAIT_MS = 700;

/**
 * Returns the time of the database's clock, for writes that can't use `$$NOW`, such as inserts. Creates no span, because it isn't
 * part of the work.
 */
export async function serverTime(db: Db): Promise<Date> {
  const hello = await context.with(suppressTracing(context.active()), () => db.command({ hello: 1 }));
  return hello['localTime'] as Date;
}

/** Reports whether a write was refused because a unique index, such as that of the ids, has its key already. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === 11_000;

/** Returns the options for an HTTP app that needs the database. Without it, the app is not ready, and a request
 * that needs it gets a 503. */
export const needsMongo = (ping: Mongo['ping']): Pick<HttpAppOptions, 'checks' | 'isUnavailable'> => ({
  checks: { mongodb: ping },
  isUnavailable: isMongoUnavailable,
});

export interface Mongo {
  db: Db;
  /** Rejects while the server is unreachable. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * Opens a client with limited waits. It connects at first use, and reconnects after an outage, so a service can start before its
 * database.
 * @param waitMs the limit of each of the three waits; longer if no caller waits for a response, as in a Job
 */
export function openMongo(uri: string, database: string, appName: string, waitMs = WAIT_MS): Mongo {
  const client = new MongoClient(uri, {
    appName,
    serverSelectionTimeoutMS: waitMs,
    connectTimeoutMS: waitMs,
    socketTimeoutMS: waitMs,
    waitQueueTimeoutMS: waitMs,
    heartbeatFrequencyMS: 2_000,
    ignoreUndefined: true,
  });
  const stopping = new AbortController();
  connectAgain(client, stopping.signal);
  const db = client.db(database);
  return {
    db,
    ping: async () => void (await db.command({ ping: 1 })),
    close: () => {
      stopping.abort();
      // The driver ends its sessions with a command. It gets no span, because it isn't part of the work.
      return context.with(suppressTracing(context.active()), () => client.close());
    },
  };
}
