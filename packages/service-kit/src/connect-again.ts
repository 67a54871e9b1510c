import { ROOT_CONTEXT, context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { MongoClient } from 'mongodb';

const PAUSE_MS = 500;

/**
 * Lets a client connect to a database that starts after it. The driver reconnects after an outage. But after a failed first
 * attempt, a client keeps a closed topology, and every later operation fails with `Topology is closed`.
 * @param stopping aborted before the client is closed
 */
export function connectAgain(client: MongoClient, stopping: AbortSignal): void {
  const connect = () => {
    if (stopping.aborted) return;
    // A failure closes the topology again, which schedules the next attempt.
    context.with(suppressTracing(ROOT_CONTEXT), () => void client.connect().catch(() => {}));
  };
  client.on('topologyClosed', () => {
    // The timer doesn't keep the process alive.
    if (!stopping.aborted) setTimeout(connect, PAUSE_MS).unref();
  });
}
