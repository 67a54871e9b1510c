import {
  deadLetterPage,
  decidedOrder,
  decideOrder,
  listDeadLetters,
  orderId,
  requeuedOrder,
} from '@beyond-headers/contracts';
import type { ApiOperations } from '@beyond-headers/service-kit';
import { z } from 'zod';
import { acted } from '../queue/queue-sample.ts';
import type { LoadDot, LoadView } from '../view/queue.ts';
import { loadSettings } from './load.ts';

const description = 'A demo control: it is served with `DEMO_CONTROLS=on` only.';
const noPoller = 'The poller did not answer.';
const noWriter = 'The writer did not answer.';
const path = z.object({ id: orderId });

export const loadQuery = z.object({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('How many dots are known: only later ones are sent.'),
});

const loadDot: z.ZodType<LoadDot> = z
  .object({
    orderId,
    traceId: z.string().optional(),
    placedMs: z.int().describe('When it was placed, in milliseconds from the start of the load.'),
    latencyMs: z.int().describe("From its creation to its end, by the database's clock."),
    isFulfilled: z.boolean(),
  })
  .meta({ id: 'LoadDot', description: 'An order of a load that is over.' });

const loadView: z.ZodType<LoadView> = z
  .object({
    id: z.uuid().describe('Which load it is.'),
    settings: loadSettings,
    isPlacing: z.boolean(),
    placed: z.int(),
    refused: z.int().describe('Orders that the writer did not take.'),
    problem: z.string().optional().describe('Why the last of those was not taken.'),
    dots: z.array(loadDot).describe('In the order of their ends.'),
  })
  .meta({ id: 'Load', description: 'The newest load, and what became of its orders.' });

/** What the playground serves with demo controls, for OpenAPI. */
export const playgroundDemoOperations: ApiOperations = {
  'POST /api/queue/pause': {
    summary: 'Let the poller claim no more orders',
    description: `${description} Orders in hand end as usual.`,
    answers: { 200: acted },
    problems: { 404: 'The poller runs without demo controls.', 502: noPoller },
  },
  'POST /api/queue/resume': {
    summary: 'Let the poller claim orders again',
    description,
    answers: { 200: acted },
    problems: { 404: 'The poller runs without demo controls.', 502: noPoller },
  },
  'GET /api/dead-letters': {
    summary: 'List orders that were given up, newest first',
    description,
    query: listDeadLetters,
    answers: { 200: deadLetterPage },
    problems: { 502: noPoller },
  },
  'POST /api/dead-letters/{id}/retry': {
    summary: 'Put a dead letter back into the queue, in a new trace that links to the old ones',
    description,
    path,
    answers: { 202: requeuedOrder },
    problems: { 404: 'No dead letter has this id.', 502: noPoller },
  },
  'POST /api/orders/{id}/approval': {
    summary: 'Let a held order go on, or end it',
    description,
    path,
    body: decideOrder,
    answers: { 200: decidedOrder },
    problems: {
      404: 'There is no order with this id.',
      409: 'The order waits for no approval, or not for this one; nothing was changed.',
      502: noWriter,
    },
  },
  'GET /api/load': {
    summary: 'Show the newest load',
    description,
    query: loadQuery,
    answers: { 200: z.object({ load: loadView.optional().describe('Absent when there was none yet.') }) },
  },
  'POST /api/load': {
    summary: 'Place orders at an even rate',
    description: `${description} One load at a time.`,
    body: loadSettings,
    answers: { 202: loadView },
    problems: { 409: 'A load is running.' },
  },
  'DELETE /api/load': {
    summary: 'Place no more orders',
    description: `${description} Orders that are placed go on.`,
    answers: { 204: null },
  },
};
