import { orderId } from '@beyond-headers/contracts';
import type { ApiDescription } from '@beyond-headers/service-kit';
import { z } from 'zod';
import { logsQuery } from './runs/logs.ts';
import { carriersQuery, newRun, runId, runSettings, startedRun } from './runs/new-run.ts';
import { queueQuery } from './queue/queue-history.ts';
import { queueSample } from './queue/queue-sample.ts';
import { traceLogs } from './runs/trace-logs.ts';
import type { CarrierView, RunSummary } from './view/types.ts';

const runSummary: z.ZodType<RunSummary> = z
  .object({
    runId,
    settings: runSettings,
    startedAtMs: z.number().describe('When the run was started, in milliseconds since 1970.'),
  })
  .meta({ id: 'RunSummary', description: 'A run of the playground, which is one click on **Run**.' });

const carrierView: z.ZodType<CarrierView> = z
  .object({
    id: z
      .enum(['http', 'document', 'job', 'pod'])
      .describe(
        'Which carrier it is. `document`: the order in MongoDB. `job`: the Kubernetes Job. The API returns only these two. The web page adds `http` (the headers of the requests) and `pod` (the environment of the pod), which it derives from spans.',
      ),
    rows: z
      .array(
        z.object({
          name: z.string(),
          value: z.string(),
          role: z
            .enum(['carries', 'unread', 'other'])
            .describe(
              '`carries`: the receiver reads this field of the context. `unread`: the value holds a context or a field of it, but the receiver does not read it. `other`: anything else.',
            ),
        }),
      )
      .describe('The names and values that were found in the carrier.'),
    isKnown: z.boolean().describe('Whether the carrier could be read.'),
    source: z.string().describe('Where the playground found the carrier, or why it could not read it.'),
  })
  .meta({
    id: 'Carrier',
    description: 'A carrier: an object that carried the context, or should have carried it.',
  });

const path = z.object({ runId });
const noRun = { 404: 'The run id is not a trace id.' };

/** The playground's calls, for OpenAPI. */
export const playgroundApi: ApiDescription = {
  title: 'playground',
  description:
    "The demo's web page, and the calls that the web page makes. A run of the playground is a click on **Run**, which places one or more orders.",
  operations: {
    'GET /': {
      summary: 'Return the page',
      answers: { 200: { mediaType: 'text/html', content: 'The page.' } },
    },
    'POST /api/runs': {
      summary: 'Place the orders of a run, in the trace that the web page started at the click on **Run**',
      body: newRun,
      answers: { 202: startedRun },
      problems: { 502: 'The writer accepted none of the orders.' },
    },
    'GET /api/runs': {
      summary: 'List the runs that this playground started, newest first',
      answers: { 200: z.array(runSummary) },
    },
    'GET /api/runs/{runId}/events': {
      summary: 'Follow a run',
      description:
        'The answer is a stream of server-sent events. To resume a stream, set the header `Last-Event-ID` to the id of the last ' +
        'event that you received. The data of each event is JSON: the state of the run, and its new spans (`RunUpdate` in ' +
        'services/playground/view/types.ts).',
      path,
      answers: { 200: { mediaType: 'text/event-stream', content: 'The updates. The stream stays open.' } },
      problems: { ...noRun, 503: 'Too many web pages follow runs at the moment.' },
    },
    'GET /api/runs/{runId}/carriers': {
      summary: 'Show the document and the Job that carried the context of an order',
      path,
      query: carriersQuery,
      answers: { 200: z.array(carrierView) },
      problems: { ...noRun, 502: 'The writer or the job-launcher did not answer.' },
    },
    'GET /api/queue': {
      summary: 'Show the current and recent state of the queue',
      description:
        'The call asks the poller, but at most about once a second, and stores each answer as a sample. It returns the stored samples: the last 600, or only those after `after`.',
      query: queueQuery,
      answers: { 200: z.object({ samples: z.array(queueSample) }) },
      problems: { 502: 'The poller did not answer.' },
    },
    'GET /api/runs/{runId}/logs': {
      summary: 'Show the log lines that were written in the spans of a trace',
      description:
        'A run can have several traces. This call takes the id of one of these traces, and returns only the lines of that ' +
        'trace. `GET /api/runs/{runId}/events` returns the ids, in `traceIds`.',
      path: z.object({ runId: runId.describe('The id of any trace of the run: 32 lower-case hex digits.') }),
      query: logsQuery,
      answers: { 200: traceLogs },
      problems: { ...noRun, 502: 'The store of the log lines did not answer.' },
    },
    'GET /draw/{orderId}': {
      summary: 'Draw every trace of an order as text',
      description: 'The call waits until the order and its Job have ended.',
      path: z.object({ orderId }),
      answers: { 200: { mediaType: 'text/plain', content: 'The drawing.' } },
      problems: {
        404: 'There is no order with this id.',
        502: 'The writer did not answer.',
        503: 'Too many orders are being drawn at the moment.',
      },
    },
  },
};
