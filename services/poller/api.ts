import {
  deadLetter,
  deadLetterId,
  deadLetterPage,
  listDeadLetters,
  orderStatus,
  requeuedOrder,
} from '@beyond-headers/contracts';
import type { ApiDescription } from '@beyond-headers/service-kit';
import { z } from 'zod';

const numberOf = (what: string) => z.int().describe(`The number of ${what}.`);

const spanDelivery = z
  .object({
    waiting: numberOf('ended spans that are not delivered yet'),
    delivered: numberOf('spans that the collector, which receives the spans, has accepted'),
    kept: numberOf('spans that are kept in files on the disk until the collector accepts them'),
    lost: z
      .object({
        queue_full: numberOf('spans that were lost because too many spans waited to be sent'),
        export_failed: numberOf(
          'spans that were lost because the collector was unavailable, or answered with an error that may be temporary',
        ),
        rejected: numberOf('spans that the collector rejected for good, or that could not be encoded for it'),
        journal_full: numberOf(
          'spans that were lost because the files on the disk had reached their maximum size',
        ),
      })
      .describe('The number of lost spans, for each reason.'),
  })
  .describe('What happened to the spans of this process. Absent without telemetry.');

const timeUntilFulfilled = (which: string) =>
  z
    .int()
    .describe(`The ${which} of the time from when an order was due until it was fulfilled, in milliseconds.`);

const lastMinute = z
  .object({
    fulfilled: z
      .int()
      .describe('How many orders `p50Ms` and `p99Ms` take into account: at most the newest 5,000.'),
    p50Ms: timeUntilFulfilled('median'),
    p99Ms: timeUntilFulfilled('99th percentile'),
  })
  .describe(
    'Statistics of the orders that this poller fulfilled in the last minute. Absent if it fulfilled none.',
  );

export const pollerStatus = z
  .object({
    paused: z.boolean().describe('Whether the poller is paused: a paused poller claims no orders.'),
    inFlight: numberOf('orders that this poller is processing'),
    lastPoll: z.iso.datetime().optional().describe('When the poller last looked for orders.'),
    wakeUp: z.enum(['change stream', 'polling']).describe('How the poller currently finds new orders.'),
    oldestAgeMs: z
      .int()
      .describe(
        'The longest time for which a pending order has been due, in milliseconds. 0 if no order is due.',
      ),
    counts: z.record(orderStatus, z.int()).describe('The number of orders with each status.'),
    lastMinute: lastMinute.optional(),
    spans: spanDelivery.optional(),
  })
  .meta({ id: 'PollerStatus', description: 'What the poller is doing, and how many orders there are.' });

const path = z.object({ id: deadLetterId });
const away = 'The database did not answer in time. Try again.';

/** The operations of the poller's API, for OpenAPI. */
export const pollerApi: ApiDescription = {
  title: 'poller',
  description:
    'The service that processes the orders in the queue. Its calls report its state, show dead letters, and put them back into the queue.',
  operations: {
    'GET /status': {
      summary: 'Show what the poller is doing, and how many orders have each status',
      answers: { 200: pollerStatus },
      problems: { 503: away },
    },
    'GET /dead-letters': {
      summary: 'List dead letters, newest first',
      query: listDeadLetters,
      answers: { 200: deadLetterPage },
      problems: { 503: away },
    },
    'GET /dead-letters/{id}': {
      summary: 'Show a dead letter, its attempts, and the context that its document carries',
      path,
      answers: { 200: deadLetter },
      problems: { 404: 'No dead letter has this id.', 503: away },
    },
    'POST /dead-letters/{id}/retry': {
      summary:
        "Put a dead letter back into the queue, in a new trace that links to the order's earlier traces",
      path,
      answers: { 202: requeuedOrder },
      problems: { 404: 'No dead letter has this id.', 503: away },
    },
  },
};
