import {
  deadLetterId,
  decideOrder,
  listDeadLetters,
  orderId,
  type DeadLetterPage,
  type DecidedOrder,
  type RequeuedOrder,
} from '@beyond-headers/contracts';
import { HttpProblem } from '@beyond-headers/service-kit';
import { Router, type Request } from 'express';
import type { PlaygroundControls } from '../app.ts';
import { getJson, postJson, send, toProblem } from '../runs/http.ts';
import { loadSettings } from '../queue/load-view.ts';
import type { Acted } from '../queue/queue-sample.ts';
import type { DeadLetterView } from '../view/queue.ts';
import { playgroundDemoOperations, loadQuery } from './api.ts';
import { Load } from './load.ts';

/**
 * Creates the calls by which the page acts on the queue with `DEMO_CONTROLS=on`. Except for the load, each makes one call to the
 * writer or the poller.
 */
export function queueControls(writerUrl: string, pollerUrl: string): PlaygroundControls {
  const load = new Load(writerUrl);
  const routes = Router();
  addPoller(routes, pollerUrl);
  addApprovals(routes, writerUrl);
  addLoad(routes, load);
  return { routes, operations: playgroundDemoOperations, close: () => load.close() };
}

function addPoller(routes: Router, pollerUrl: string): void {
  for (const action of ['pause', 'resume'] as const)
    routes.post(`/api/queue/${action}`, async (_request, response) => {
      await send('poller', `${pollerUrl}/${action}`).catch(toProblem);
      response.json({ atMs: Date.now() } satisfies Acted);
    });

  routes.get('/api/dead-letters', async (request, response) => {
    const { limit, after } = listDeadLetters.parse(request.query);
    const query = new URLSearchParams({ limit: String(limit), ...(after && { after }) });
    const url = `${pollerUrl}/dead-letters?${query.toString()}`;
    const page = await getJson<DeadLetterPage>('poller', url).catch(toProblem);
    response.json(page satisfies { deadLetters: DeadLetterView[] } | undefined);
  });

  routes.post('/api/dead-letters/:id/retry', async (request, response) => {
    const url = `${pollerUrl}/dead-letters/${deadLetterIn(request)}/retry`;
    response.status(202).json(await postJson<RequeuedOrder>('poller', url, {}).catch(toProblem));
  });
}

function addApprovals(routes: Router, writerUrl: string): void {
  routes.post('/api/orders/:id/approval', async (request, response) => {
    const url = `${writerUrl}/orders/${idIn(request)}/approval`;
    const body = decideOrder.parse(request.body);
    response.json(await postJson<DecidedOrder>('writer', url, body).catch(toProblem));
  });
}

function addLoad(routes: Router, load: Load): void {
  routes.get('/api/load', (request, response) => {
    const view = load.view(loadQuery.parse(request.query).after);
    response.json(view ? { load: view } : {});
  });
  routes.post('/api/load', (request, response) => {
    response.status(202).json(load.start(loadSettings.parse(request.body)));
  });
  routes.delete('/api/load', (_request, response) => {
    load.stop();
    response.status(204).end();
  });
}

function idIn({ params }: Request): string {
  const id = orderId.safeParse(params['id']);
  if (id.success) return id.data;
  throw new HttpProblem(404, 'An order is named by its id: 24 lower-case hex digits.');
}

/** Returns the id as one segment of a path. Refuses `..`, which URLs resolve even if it is percent-encoded. */
function deadLetterIn({ params }: Request): string {
  const id = deadLetterId.safeParse(params['id']);
  if (id.success && !['.', '..'].includes(id.data)) return encodeURIComponent(id.data);
  throw new HttpProblem(404, 'No dead letter has this id.');
}
