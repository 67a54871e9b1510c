import type { PollerConfig } from './config.ts';
import type { PollerOptions } from './poller.ts';

/** The poller's settings as the environment gives them. */
export function pollerOptions(config: PollerConfig): Omit<PollerOptions, 'orders' | 'handle' | 'logger'> {
  return {
    leaseMs: config.LEASE_MS,
    maxAttempts: config.MAX_ATTEMPTS,
    retryBaseMs: config.RETRY_BASE_MS,
    retryMaxMs: config.RETRY_MAX_MS,
    pollIntervalMs: config.POLL_INTERVAL_MS,
    concurrency: config.CONCURRENCY,
    batchSize: config.BATCH_SIZE,
    stopGraceMs: config.STOP_GRACE_MS,
    traceMaxAgeMs: config.TRACE_MAX_AGE_MS,
    wakeUp: config.WAKE_UP ? { uri: config.MONGODB_URI, database: config.MONGODB_DATABASE } : undefined,
  };
}
