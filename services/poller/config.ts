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
  /** How long an order belongs to the poller that claimed it. */
  LEASE_MS: milliseconds(30_000),
  /** After so many attempts an order is `failed`. */
  MAX_ATTEMPTS: count(5),
  /** First delay before a retry; it doubles with each attempt. */
  RETRY_BASE_MS: milliseconds(1_000),
  /** Whether POST /pause and /resume are served. */
  DEMO_CONTROLS: onOff('off'),
});
