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
  JOB_LAUNCHER_URL: localUrl(8083).describe('The job-launcher that creates reports.'),
  POLL_INTERVAL_MS: milliseconds(1_000).describe('How often an idle poller looks for orders.'),
  WAKE_UP: onOff('on').describe('Whether a change stream wakes the poller before the next poll.'),
  CONCURRENCY: count(8).describe('How many orders are processed at a time. With batches, how many batches.'),
  BATCH_SIZE: count(1).describe(
    'From 2 on, orders are claimed, traced and settled in batches of this size. Their span has at most `OTEL_SPAN_LINK_COUNT_LIMIT` links.',
  ),
  LEASE_MS: milliseconds(30_000).describe(
    'How long an order belongs to the poller that claimed it, without a heartbeat.',
  ),
  MAX_ATTEMPTS: count(5).describe(
    'The number of failed attempts after which an order becomes a dead letter.',
  ),
  RETRY_BASE_MS: milliseconds(1_000).describe(
    'Delay before the first retry; it doubles with each attempt, up to `RETRY_MAX_MS`.',
  ),
  RETRY_MAX_MS: milliseconds(300_000).describe('The longest delay before a retry.'),
  STOP_GRACE_MS: milliseconds(5_000).describe(
    'How long the poller waits on SIGTERM for its orders before it returns them to the queue. Give a pod at least 10 seconds more (`terminationGracePeriodSeconds`).',
  ),
  TRACE_MAX_AGE_MS: z.coerce
    .number('Expected milliseconds, 1 or more')
    .int()
    .min(1)
    .meta({ unit: 'ms' })
    .optional()
    .describe(
      'If an order is at least this old, it gets a separate trace that links to the old one. Unset: never.',
    ),
  TRACE_MAX_FAN_OUT: count(20).describe(
    'If an order has more parts than this, each part gets a separate trace, which links back.',
  ),
  HOLD_SHAPE: z
    .enum(TRACE_SHAPES)
    .default('parent')
    .describe(
      'How work that resumes after a pause relates to the segment that stopped: as its child, in a separate trace that links to it, or as a child that also links.',
    ),
  HOLD_LINK_AFTER_MS: milliseconds(HOLD_LINK_AFTER_MS).describe(
    'The shortest pause after which work resumes in a separate trace that links to the previous segment.',
  ),
  DEMO_CONTROLS: onOff('off').describe(
    'Whether the field `demo` of an order takes effect, and `POST /pause` and `POST /resume` are served.',
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
