import { HOLD_LINK_AFTER_MS, TRACE_SHAPES } from '@beyond-headers/propagation';
import { inDecimal } from '@beyond-headers/contracts';
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
  WAKE_UP: onOff('on').describe(
    'Whether a change stream of MongoDB wakes an idle poller as soon as an order can be claimed. Otherwise, it finds the order at the next poll.',
  ),
  CONCURRENCY: count(8).describe(
    'How many orders are processed at a time. With `BATCH_SIZE` of 2 or more, how many batches.',
  ),
  BATCH_SIZE: count(1).describe(
    'With 2 or more, the poller claims orders in batches of up to this size. Each batch has one span, with at most `OTEL_SPAN_LINK_COUNT_LIMIT` links, and one write stores the outcomes.',
  ),
  LEASE_MS: milliseconds(30_000).describe(
    'A poller regularly renews its claim on an order that it processes. If it does not do so for this long, another poller can claim the order.',
  ),
  MAX_ATTEMPTS: count(5).describe(
    'The number of failed attempts after which an order becomes a dead letter.',
  ),
  RETRY_BASE_MS: milliseconds(1_000).describe(
    'Delay before the first retry; it doubles with each attempt, up to `RETRY_MAX_MS`.',
  ),
  RETRY_MAX_MS: milliseconds(300_000).describe('The longest delay before a retry.'),
  STOP_GRACE_MS: milliseconds(5_000).describe(
    'How long the poller continues to process its orders after SIGTERM. It then returns the remaining orders to the queue. Give a pod at least 10 seconds more (`terminationGracePeriodSeconds`).',
  ),
  TRACE_MAX_AGE_MS: inDecimal(z.coerce.number('Expected milliseconds, 1 or more').int().min(1))
    .meta({ unit: 'ms' })
    .optional()
    .describe(
      'If an order is at least this old, its next attempt starts a separate trace, which links to the trace of the order. Unset: never.',
    ),
  TRACE_MAX_FAN_OUT: count(20).describe(
    'If an order has more parts than this, each part has a separate trace, which links to the trace of the order.',
  ),
  HOLD_SHAPE: z
    .enum(TRACE_SHAPES)
    .default('parent')
    .describe(
      'How an order resumes that waited for an approval or for its parts. The next attempt is a child of the attempt in which the order stopped, starts a separate trace that links to that attempt, or is a child that also links.',
    ),
  HOLD_LINK_AFTER_MS: milliseconds(HOLD_LINK_AFTER_MS).describe(
    'If an order has waited at least this long, it resumes in a separate trace, whatever `HOLD_SHAPE` is. This trace links to the attempt in which the order stopped.',
  ),
  DEMO_CONTROLS: onOff('off').describe(
    'Whether the field `demo` of an order takes effect, and whether the calls `POST /pause` and `POST /resume` exist.',
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
