import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { MongoClient, type Db } from 'mongodb';
import { connectAgain } from './connect-again.ts';
import type { HttpAppOptions } from './http-app.ts';
import { isMongoUnavailable } from './mongo-unavailable.ts';

export { connectAgain, isMongoUnavailable };

/**
 * An operation ends within 1.5 s, whatever the server does: a caller gets an answer, not silence. The driver has no limit for a
 * whole operation (its `timeoutMS` has no effect) and tries reads and most writes twice. Each try may spend the time on one of
 * three waits (for a server, for a connection, for an answer), so each of them gets less than half of it.
 */
const WAIT_MS = 700;

/** The database's clock, for what is written without an update that could ask for it. No span: it is no one's work to look at. */
export async function serverTime(db: Db): Promise<Date> {
  const hello = await context.with(suppressTracing(context.active()), () => db.command({ hello: 1 }));
  return hello['localTime'] as Date;
}

/** For an HTTP app whose work needs the database: not ready without it, and 503 for a request that it left without an answer. */
export const needsMongo = (ping: Mongo['ping']): Pick<HttpAppOptions, 'checks' | 'isUnavailable'> => ({
  checks: { mongodb: ping },
  isUnavailable: isMongoUnavailable,
});

export interface Mongo {
  client: MongoClient;
  db: Db;
  /** Rejects while the server can't be reached. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
}

/**
 * A client with bounded waits. It connects at first use and again by itself after an outage, so a service can
 * start before its database.
 * @param waitMs for each of the three waits: more where no caller waits for an answer, as in a Job
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
    client,
    db,
    ping: async () => void (await db.command({ ping: 1 })),
    close: () => {
      stopping.abort();
      // The driver says goodbye to its sessions with a command, which is no one's work to look at.
      return context.with(suppressTracing(context.active()), () => client.close());
    },
  };
}
