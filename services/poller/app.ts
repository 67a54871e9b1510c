import { createHttpApp, type ApiDescription, type Logger } from '@beyond-headers/service-kit';
import { Router, type Express } from 'express';
import { z } from 'zod';
import type { PollLoop } from './loop.ts';
import type { OrderQueue } from './order-queue.ts';

export interface PollerOptions {
  queue: OrderQueue;
  loop: PollLoop;
  demoControls: boolean;
  logger: Logger;
  ping: () => Promise<void>;
}

/** What the poller tells about itself, and the demo's pause button. */
export function createPollerApp({ queue, loop, demoControls, logger, ping }: PollerOptions): Express {
  const routes = Router();

  routes.get('/status', async (_request, response) => {
    response.json({ ...loop.state, counts: await queue.countByStatus() });
  });

  if (demoControls) {
    routes.post('/pause', (_request, response) => {
      loop.state.paused = true;
      response.status(204).end();
    });
    routes.post('/resume', (_request, response) => {
      loop.state.paused = false;
      response.status(204).end();
    });
  }

  return createHttpApp({ logger, routes, api, checks: { mongodb: ping } });
}

const status = z.object({
  paused: z.boolean(),
  inFlight: z.int(),
  lastPoll: z.iso.datetime().optional(),
  counts: z.record(z.string(), z.int()),
});

const api: ApiDescription = {
  title: 'poller',
  operations: [
    {
      method: 'get',
      path: '/status',
      summary: 'Counts, in flight, last poll, paused',
      answers: { 200: status },
    },
    { method: 'post', path: '/pause', summary: 'Stop claiming (demo control)', answers: { 204: null } },
    { method: 'post', path: '/resume', summary: 'Claim again (demo control)', answers: { 204: null } },
  ],
};
