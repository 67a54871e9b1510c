import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { MongoClient, MongoError, MongoServerError, type Db } from 'mongodb';
import { connectAgain } from './connect-again.ts';

/** An operation ends within this time, whatever the server does: a caller gets an answer, not silence. */
const OPERATION_TIMEOUT_MS = 1_500;

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
 */
export function openMongo(uri: string, database: string, appName: string): Mongo {
  const client = new MongoClient(uri, {
    appName,
    serverSelectionTimeoutMS: OPERATION_TIMEOUT_MS,
    connectTimeoutMS: OPERATION_TIMEOUT_MS,
    socketTimeoutMS: OPERATION_TIMEOUT_MS,
    waitQueueTimeoutMS: OPERATION_TIMEOUT_MS,
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
      // The driver says goodbye to its sessions with a command, which is nobody's work to look at.
      return context.with(suppressTracing(context.active()), () => client.close());
    },
  };
}

/** True when an error means that MongoDB could not be reached or did not answer in time, and trying again later can help. */
export function isMongoUnavailable(error: unknown): boolean {
  if (!(error instanceof MongoError)) return false;
  return !(error instanceof MongoServerError) || error.hasErrorLabel('RetryableWriteError');
}
