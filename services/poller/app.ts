import { apiDocs } from '@beyond-headers/api-docs';
import { deadLetterId, listDeadLetters as listDeadLettersQuery } from '@beyond-headers/contracts';
import {
  answerWithin,
  createHttpApp,
  HttpProblem,
  type ExtraCalls,
  type Logger,
} from '@beyond-headers/service-kit';
import { needsMongo } from '@beyond-headers/service-kit/mongo';
import { deliveryStatus } from '@beyond-headers/telemetry';
import { Router, type Express } from 'express';
import type { z } from 'zod';
import { pollerApi, type pollerStatus } from './api.ts';
import type { Poller } from './poller.ts';
import { countByStatus, oldestAgeMs } from './queue/counts.ts';
import { findDeadLetter, listDeadLetters, requeueDeadLetter } from './queue/dead-letters.ts';

export interface PollerAppOptions {
  poller: Poller;
  extra?: ExtraCalls | undefined;
  /** The host names by which clients reach the service: `ALLOWED_HOSTS`. */
  allowedHosts?: readonly string[] | undefined;
  logger: Logger;
  ping: () => Promise<void>;
}

/** Creates the HTTP app that shows what the poller does, and its dead letters. */
export function createPollerApp(options: PollerAppOptions): Express {
  const { poller, extra, allowedHosts, logger, ping } = options;
  const routes = Router();
  routes.use('/docs', apiDocs());
  routes.get('/status', async (_request, response) => {
    response.json(await answerWithin(describe(poller)));
  });
  addDeadLetters(routes, poller);
  return createHttpApp({ logger, routes, api: pollerApi, extra, ...needsMongo(ping), allowedHosts });
}

async function describe({ queue, loop, stream }: Poller): Promise<z.input<typeof pollerStatus>> {
  const [counts, ageMs] = await Promise.all([countByStatus(queue), oldestAgeMs(queue)]);
  return {
    paused: loop.paused,
    inFlight: loop.inFlight,
    lastPoll: loop.lastPoll?.toISOString(),
    wakeUp: stream?.isOpen() ? 'change stream' : 'polling',
    oldestAgeMs: ageMs,
    counts,
    lastMinute: loop.lastMinute,
    spans: deliveryStatus(),
  };
}

function addDeadLetters(routes: Router, { queue: { orders }, loop }: Poller): void {
  routes.get('/dead-letters', async (request, response) => {
    response.json(await answerWithin(listDeadLetters(orders, listDeadLettersQuery.parse(request.query))));
  });

  routes.get('/dead-letters/:id', async (request, response) => {
    response.json(await byId(request.params.id, (id) => findDeadLetter(orders, id)));
  });

  routes.post('/dead-letters/:id/retry', async (request, response) => {
    response.status(202).json(await byId(request.params.id, (id) => requeueDeadLetter(orders, id)));
    loop.wake();
  });
}

async function byId<T>(given: string, find: (id: string) => Promise<T | undefined>): Promise<T> {
  const id = deadLetterId.safeParse(given);
  const found = id.success ? await answerWithin(find(id.data)) : undefined;
  if (found) return found;
  throw new HttpProblem(404, 'No dead letter has this id. GET /dead-letters lists them.');
}
