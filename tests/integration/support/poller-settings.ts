/** Settings of a poller that polls and retries quickly. */
export const POLLER_SETTINGS = {
  leaseMs: 5_000,
  maxAttempts: 5,
  retryBaseMs: 50,
  retryMaxMs: 1_000,
  pollIntervalMs: 20,
  concurrency: 4,
  batchSize: 1,
  stopGraceMs: 5_000,
};
