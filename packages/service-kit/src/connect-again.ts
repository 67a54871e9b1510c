import { ROOT_CONTEXT, context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { MongoClient } from 'mongodb';

const PAUSE_MS = 500;

/**
 * Lets a client find its database when that comes later. The driver connects again by itself after an outage; but a client whose
 * first attempt failed keeps a closed topology, and every operation from then on ends with `Topology is closed`.
 * @param stopping aborted before the client is closed
 */
export function connectAgain(client: MongoClient, stopping: AbortSignal): void {
  const connect = () => {
    if (stopping.aborted) return;
    // A failure closes the topology again, and so comes back here.
    context.with(suppressTracing(ROOT_CONTEXT), () => void client.connect().catch(() => {}));
  };
  client.on('topologyClosed', () => {
    // Holds no process that has nothing else to do.
    if (!stopping.aborted) setTimeout(connect, PAUSE_MS).unref();
  });
}
