import { HOLD_LINK_AFTER_MS, TRACE_SHAPES } from '@beyond-headers/propagation';
import {
  httpConfig,
  inDecimal,
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
  POLLER_PORT: port(service.port.number).describe('The port on which the poller listens.'),
  JOB_LAUNCHER_URL: localUrl(8083).describe('The URL of the job-launcher, which creates the report Jobs.'),
  POLL_INTERVAL_MS: milliseconds(1_000).describe('How often an idle poller looks for orders.'),
  WAKE_UP: onOff('on').describe(
    'With `on`, a change stream of MongoDB wakes an idle poller as soon as it can claim an order. With `off`, the poller finds the order at its next poll.',
  ),
  CONCURRENCY: count(8).describe(
    'The maximum number of orders that one poller processes at the same time. If `BATCH_SIZE` is 2 or more, the limit counts batches instead of orders.',
  ),
  BATCH_SIZE: count(1).describe(
    'With 2 or more, the poller claims orders in batches of up to this size. Each batch has one span. For each order, this span has a link, usually to the span that sent the order. `OTEL_SPAN_LINK_COUNT_LIMIT` limits the number of links.',
  ),
  LEASE_MS: milliseconds(30_000).describe(
    'A poller regularly renews its claim on an order that it processes. If the poller has not renewed the claim for this time, another poller can claim the order.',
  ),
  MAX_ATTEMPTS: count(5).describe(
    'The number of failed attempts after which an order becomes a dead letter: it has failed for good, and is not tried again.',
  ),
  RETRY_BASE_MS: milliseconds(1_000).describe(
    'The delay before the first retry of an order. The delay doubles with each further retry, up to `RETRY_MAX_MS`.',
  ),
  RETRY_MAX_MS: milliseconds(300_000).describe('The longest delay before a retry of an order.'),
  STOP_GRACE_MS: milliseconds(5_000).describe(
    'How long the poller continues to process its orders after SIGTERM. After this time, it returns the remaining orders to the queue. In Kubernetes, set `terminationGracePeriodSeconds` to at least 10 seconds more than this time.',
  ),
  TRACE_MAX_AGE_MS: inDecimal(z.coerce.number('Expected milliseconds, 1 or more').int().min(1))
    .meta({ unit: 'ms' })
    .optional()
    .describe(
      'If an attempt starts at least this long after its order was created, the attempt starts a separate trace, which links to the trace of the order. If the order was paused, for example for an approval, the time counts from the start of the pause instead. Unset: no limit.',
    ),
  TRACE_MAX_FAN_OUT: count(20).describe(
    'If an order is split into more parts (separate orders) than this, each attempt at a part starts a separate trace, which links to the trace of the order.',
  ),
  HOLD_SHAPE: z
    .enum(TRACE_SHAPES)
    .default('parent')
    .describe(
      'How an order resumes after an approval, or after its parts have ended. `parent`: the next attempt is a child of the attempt in which the order stopped. `link`: it starts a separate trace, which links to that attempt. `parent+link`: it is a child, and also links to that attempt.',
    ),
  HOLD_LINK_AFTER_MS: milliseconds(HOLD_LINK_AFTER_MS).describe(
    'If an order has waited at least this long for an approval or for its parts, it resumes in a separate trace, whatever `HOLD_SHAPE` is. This trace links to the attempt in which the order stopped.',
  ),
  DEMO_CONTROLS: onOff('off').describe(
    'With `on`, the calls `POST /pause` and `POST /resume` exist, which pause and resume this poller. Also, the field `demo` of an order can make attempts slow, make them fail, or give them a wrong context, on purpose. The poller sends the field on to the job-launcher. With `off`, the poller ignores this field.',
  ),
});

type Settings = ReturnType<typeof pollerSettings>;
type OfTraces = 'holdShape' | 'holdLinkAfterMs' | 'traceMaxFanOut';

/** The settings of a poller, which the variables above describe. Trace settings have the defaults of `resumeFrom` and `startFrom`. */
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
