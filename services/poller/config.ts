import {
  commonConfig,
  count,
  httpUrl,
  milliseconds,
  mongoConfig,
  onOff,
  port,
} from '@beyond-headers/service-kit';
import { z } from 'zod';

export const pollerConfig = z.object({
  ...commonConfig,
  ...mongoConfig,
  POLLER_PORT: port(8082),
  JOB_LAUNCHER_URL: httpUrl().default('http://127.0.0.1:8083'),
  /** How often an idle poller looks for orders. */
  POLL_INTERVAL_MS: milliseconds(1_000),
  /** Whether a change stream wakes the poller before the next poll. */
  WAKE_UP: onOff('on'),
  /** How many orders are worked on at a time; with batches, how many batches. */
  CONCURRENCY: count(8),
  /** From 2 on, orders are claimed, traced and settled in batches of this size. */
  BATCH_SIZE: count(1),
  /** How long an order belongs to the poller that claimed it, without a heartbeat. */
  LEASE_MS: milliseconds(30_000),
  /** After so many attempts an order is a dead letter. */
  MAX_ATTEMPTS: count(5),
  /** Delay before the first retry; it doubles with each attempt, up to RETRY_MAX_MS. */
  RETRY_BASE_MS: milliseconds(1_000),
  RETRY_MAX_MS: milliseconds(300_000),
  /** How long SIGTERM waits for orders in hand before it gives them back. */
  STOP_GRACE_MS: milliseconds(5_000),
  /** From this age on an order gets a trace of its own that links to the old one. Unset: never. */
  TRACE_MAX_AGE_MS: z.coerce.number('Expected milliseconds, 1 or more').int().min(1).optional(),
  /** Whether POST /pause and /resume are served. */
  DEMO_CONTROLS: onOff('off'),
});

export type PollerConfig = z.infer<typeof pollerConfig>;
