import { HOLD_LINK_AFTER_MS, TRACE_SHAPES } from '@beyond-headers/propagation';
import {
  httpConfig,
  count,
  localUrl,
  milliseconds,
  mongoConfig,
  onOff,
  port,
} from '@beyond-headers/service-kit';
import { z } from 'zod';
import { service } from './service.ts';

export const pollerConfig = z.object({
  ...httpConfig,
  ...mongoConfig,
  POLLER_PORT: port(service.port.number).describe('Port of the poller.'),
  JOB_LAUNCHER_URL: localUrl(8083).describe('The job-launcher that reports are asked for at.'),
  POLL_INTERVAL_MS: milliseconds(1_000).describe('How often an idle poller looks for orders.'),
  WAKE_UP: onOff('on').describe('Whether a change stream wakes the poller before the next poll.'),
  CONCURRENCY: count(8).describe('How many orders are worked on at a time; with batches, how many batches.'),
  BATCH_SIZE: count(1).describe('From 2 on, orders are claimed, traced and settled in batches of this size.'),
  LEASE_MS: milliseconds(30_000).describe(
    'How long an order belongs to the poller that claimed it, without a heartbeat.',
  ),
  MAX_ATTEMPTS: count(5).describe('After so many attempts an order is a dead letter.'),
  RETRY_BASE_MS: milliseconds(1_000).describe(
    'Delay before the first retry; it doubles with each attempt, up to `RETRY_MAX_MS`.',
  ),
  RETRY_MAX_MS: milliseconds(300_000).describe('The longest delay before a retry.'),
  STOP_GRACE_MS: milliseconds(5_000).describe(
    'How long SIGTERM waits for orders in hand before it gives them back.',
  ),
  TRACE_MAX_AGE_MS: z.coerce
    .number('Expected milliseconds, 1 or more')
    .int()
    .min(1)
    .meta({ unit: 'ms' })
    .optional()
    .describe('From this age on an order gets a trace of its own that links to the old one. Unset: never.'),
  TRACE_MAX_FAN_OUT: count(20).describe(
    'An order with more parts than this has each of them in a trace of its own, which links back.',
  ),
  HOLD_SHAPE: z
    .enum(TRACE_SHAPES)
    .default('parent')
    .describe(
      'How work that goes on after a pause hangs on where it stopped: one trace, one with a link, or a trace for each segment.',
    ),
  HOLD_LINK_AFTER_MS: milliseconds(HOLD_LINK_AFTER_MS).describe(
    'From this pause on, work that goes on gets a trace of its own that links to the segment before.',
  ),
  DEMO_CONTROLS: onOff('off').describe(
    'Whether `demo` of an order is obeyed, and `POST /pause` and `POST /resume` are served.',
  ),
});

type Settings = ReturnType<typeof pollerSettings>;
type OfTraces = 'holdShape' | 'holdLinkAfterMs' | 'traceMaxFanOut';

/** The settings of a poller; what each means stands at its variable. Those of traces have the defaults of `resumeFrom` and `startFrom`. */
export type PollerSettings = Omit<Settings, OfTraces> & Partial<Pick<Settings, OfTraces>>;

export function pollerSettings(config: z.infer<typeof pollerConfig>) {
  return {
    leaseMs: config.LEASE_MS,
    maxAttempts: config.MAX_ATTEMPTS,
    retryBaseMs: config.RETRY_BASE_MS,
    retryMaxMs: config.RETRY_MAX_MS,
    pollIntervalMs: config.POLL_INTERVAL_MS,
    concurrency: config.CONCURRENCY,
    batchSize: config.BATCH_SIZE,
    stopGraceMs: config.STOP_GRACE_MS,
    traceMaxFanOut: config.TRACE_MAX_FAN_OUT,
    holdShape: config.HOLD_SHAPE,
    holdLinkAfterMs: config.HOLD_LINK_AFTER_MS,
    ...(config.TRACE_MAX_AGE_MS && { traceMaxAgeMs: config.TRACE_MAX_AGE_MS }),
    /** URI of the MongoDB whose change stream wakes the poller. */
    ...(config.WAKE_UP && { wakeUp: config.MONGODB_URI }),
  };
}
