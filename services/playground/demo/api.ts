import {
  deadLetterId,
  deadLetterPage,
  decidedOrder,
  decideOrder,
  listDeadLetters,
  orderId,
  requeuedOrder,
} from '@beyond-headers/contracts';
import { inDecimal } from '@beyond-headers/contracts/in-decimal';
import type { ApiOperations } from '@beyond-headers/service-kit';
import { z } from 'zod';
import { acted } from '../queue/queue-sample.ts';
import type { LoadDot, LoadView } from '../view/queue.ts';
import { loadSettings } from './load.ts';

const description = 'This call exists only if the playground runs with `DEMO_CONTROLS=on`.';
const noPoller = 'The poller did not answer.';
const noControls = "The poller runs with `DEMO_CONTROLS=off`, so it can't be paused or resumed.";
const noWriter = 'The writer did not answer.';
const path = z.object({ id: orderId });
const deadLetterPath = z.object({ id: deadLetterId });

export const loadQuery = z.object({
  after: inDecimal(z.coerce.number().int().min(0))
    .default(0)
    .describe(
      "How many of the load's `dots` the caller already has. A dot is an order that has ended. The answer contains only later dots.",
    ),
});

const loadDot: z.ZodType<LoadDot> = z
  .object({
    orderId,
    traceId: z.string().optional(),
    placedMs: z.int().describe('When the order was placed, in milliseconds from the start of the load.'),
    latencyMs: z
      .int()
      .describe(
        "How long the order took from its creation to its end, in milliseconds by the database's clock.",
      ),
    isFulfilled: z.boolean().describe('Whether the order was fulfilled.'),
  })
  .meta({
    id: 'LoadDot',
    description: 'An order of a load, which the page shows as a dot when the order has ended.',
  });

const loadView: z.ZodType<LoadView> = z
  .object({
    id: z.uuid().describe('The id of the load.'),
    settings: loadSettings,
    isPlacing: z.boolean().describe('Whether the load is still placing orders.'),
    placed: z.int().describe('The number of orders that the writer accepted.'),
    refused: z.int().describe('The number of orders that the writer did not accept.'),
    problem: z.string().optional().describe('Why the writer did not accept the last refused order.'),
    dots: z
      .array(loadDot)
      .describe('One dot for each ended order, in the sequence in which the orders ended.'),
  })
  .meta({ id: 'Load', description: 'The newest load, and the results of its orders.' });

/** The OpenAPI operations that the playground serves with demo controls. */
export const playgroundDemoOperations: ApiOperations = {
  'POST /api/queue/pause': {
    summary: 'Stop the poller from claiming orders',
    description: `The poller continues to work on the orders that it has already claimed. ${description}`,
    answers: { 200: acted },
    problems: { 404: noControls, 502: noPoller },
  },
  'POST /api/queue/resume': {
    summary: 'Let the poller claim orders again',
    description,
    answers: { 200: acted },
    problems: { 404: noControls, 502: noPoller },
  },
  'GET /api/dead-letters': {
    summary: 'List dead letters, newest first',
    description,
    query: listDeadLetters,
    answers: { 200: deadLetterPage },
    problems: { 502: noPoller },
  },
  'POST /api/dead-letters/{id}/retry': {
    summary: "Put a dead letter back into the queue, in a new trace that links to the order's earlier traces",
    description,
    path: deadLetterPath,
    answers: { 202: requeuedOrder },
    problems: { 404: 'No dead letter has this id.', 502: noPoller },
  },
  'POST /api/orders/{id}/approval': {
    summary: 'Approve or reject an order that waits for an approval',
    description,
    path,
    body: decideOrder,
    answers: { 200: decidedOrder },
    problems: {
      404: 'There is no order with this id.',
      409: "The order doesn't wait for an approval, or it waits for an approval with a different number than `approval`. Nothing was changed.",
      502: noWriter,
    },
  },
  'GET /api/load': {
    summary: 'Show the newest load, and its orders that have ended',
    description,
    query: loadQuery,
    answers: { 200: z.object({ load: loadView.optional().describe('Absent if no load was started yet.') }) },
  },
  'POST /api/load': {
    summary: 'Start a load, which places orders at an even rate',
    description: `Only one load can run at a time. ${description}`,
    body: loadSettings,
    answers: { 202: loadView },
    problems: { 409: 'Another load is running.' },
  },
  'DELETE /api/load': {
    summary: 'Stop the load',
    description: `The load places no more orders. The orders that it has placed are not affected. ${description}`,
    answers: { 204: null },
  },
};
