import type { ExtraCalls } from '@beyond-headers/service-kit';
import { Router } from 'express';
import type { PollLoop } from '../loop.ts';
import { pollerDemoOperations } from './api.ts';

/** The demo's pause button. */
export function pauseCalls(loop: PollLoop): ExtraCalls {
  const routes = Router();
  routes.post('/pause', async (_request, response) => {
    await loop.pause();
    response.status(204).end();
  });
  routes.post('/resume', (_request, response) => {
    loop.resume();
    response.status(204).end();
  });
  return { routes, operations: pollerDemoOperations };
}
