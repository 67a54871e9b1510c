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

const spanDelivery = z
  .object({
    waiting: z.int().describe('Spans that have ended and are not delivered yet.'),
    delivered: z.int().describe('Spans that the collector accepted.'),
    kept: z.int().describe('Spans in the span journal, until the collector accepts them.'),
    lost: z
      .object({ queue_full: z.int(), export_failed: z.int(), rejected: z.int(), journal_full: z.int() })
      .describe('Lost spans, by reason.'),
  })
  .describe('What happened to the spans of this process. Absent without telemetry.');

const lastMinute = z
  .object({
    fulfilled: z.int().describe('How many orders the figures are of: the newest 5,000 at most.'),
    p50Ms: z.int().describe('Half of them took this many milliseconds or less, from when they were due.'),
    p99Ms: z.int().describe('Of 100 of them, 99 took this many or less.'),
  })
  .describe('Orders that this poller fulfilled in the last minute; absent when there were none.');

export const pollerStatus = z
  .object({
    paused: z.boolean(),
    inFlight: z.int().describe('Orders that this poller is processing.'),
    lastPoll: z.iso.datetime().optional(),
    wakeUp: z.enum(['change stream', 'polling']).describe('How the poller currently finds new orders.'),
    oldestAgeMs: z
      .int()
      .describe('For how many milliseconds the oldest order that can be claimed has waited.'),
    counts: z.record(orderStatus, z.int()).describe('Orders by status.'),
    lastMinute: lastMinute.optional(),
    spans: spanDelivery.optional(),
  })
  .meta({ id: 'PollerStatus', description: 'What the poller is doing, and the orders that wait.' });

const path = z.object({ id: deadLetterId });
const away = 'The database did not answer in time; try again.';

/** The poller's calls, for OpenAPI. */
export const pollerApi: ApiDescription = {
  title: 'poller',
  description: 'Shows what the poller is doing, and its dead letters.',
  operations: {
    'GET /status': {
      summary: 'Show the numbers of orders, and what the poller is doing',
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
      summary: 'Show a dead letter with its carrier and every attempt',
      path,
      answers: { 200: deadLetter },
      problems: { 404: 'No dead letter has this id.', 503: away },
    },
    'POST /dead-letters/{id}/retry': {
      summary: 'Put a dead letter back into the queue, in a new trace that links to the old ones',
      path,
      answers: { 202: requeuedOrder },
      problems: { 404: 'No dead letter has this id.', 503: away },
    },
  },
};
