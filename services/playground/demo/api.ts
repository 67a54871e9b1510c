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
import { loadSettings, loadView } from '../queue/load-view.ts';
import { acted } from '../queue/queue-sample.ts';

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
