import { z } from 'zod';
import { PROBES } from '../service.ts';
import type { ApiDescription } from './description.ts';

const readiness = z
  .object({
    status: z.enum(['ok', 'not ready']),
    missing: z.array(
      z.object({
        name: z.string().describe('The name of the dependency.'),
        error: z.string().optional().describe('Why the dependency is unavailable.'),
      }),
    ),
  })
  .meta({
    id: 'Readiness',
    description: 'Whether the service is ready, and which of its dependencies are unavailable.',
  });

/** The operations that `createHttpApp` serves for every service. */
export const SHARED_OPERATIONS: ApiDescription['operations'] = {
  [`GET ${PROBES.startup}`]: {
    summary: 'Check whether the service has started',
    answers: {
      200: z.object({ status: z.literal('ok') }),
      503: z.object({ status: z.literal('starting') }),
    },
  },
  [`GET ${PROBES.liveness}`]: {
    summary: 'Check whether the process answers',
    answers: { 200: z.object({ status: z.literal('ok') }) },
  },
  [`GET ${PROBES.readiness}`]: {
    summary: 'Check whether all dependencies of the service answer',
    answers: { 200: readiness, 503: readiness },
  },
  'GET /openapi.json': {
    summary: 'Return the OpenAPI description, which `/docs` shows as a page',
    answers: { 200: z.looseObject({}).describe('OpenAPI 3.1.') },
  },
};
