import { z } from 'zod';
import { PROBES } from '../service.ts';
import type { ApiDescription } from './description.ts';

const readiness = z
  .object({
    status: z.enum(['ok', 'not ready']),
    missing: z.array(
      z.object({
        name: z.string().describe('What is missing.'),
        error: z.string().optional().describe('Why.'),
      }),
    ),
  })
  .meta({ id: 'Readiness', description: 'What a service needs and does not have.' });

/** What `createHttpApp` serves for every service. */
export const SHARED_OPERATIONS: ApiDescription['operations'] = {
  [`GET ${PROBES.startup}`]: {
    summary: 'Started: it takes requests and would stop in order',
    answers: {
      200: z.object({ status: z.literal('ok') }),
      503: z.object({ status: z.literal('starting') }),
    },
  },
  [`GET ${PROBES.liveness}`]: {
    summary: 'Alive: the process answers',
    answers: { 200: z.object({ status: z.literal('ok') }) },
  },
  [`GET ${PROBES.readiness}`]: {
    summary: 'Ready: everything that the service needs answers',
    answers: { 200: readiness, 503: readiness },
  },
  'GET /openapi.json': {
    summary: 'This description; `/docs` shows it as a page',
    answers: { 200: z.looseObject({}).describe('OpenAPI 3.1.') },
  },
};
