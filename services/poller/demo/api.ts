import type { ApiOperations } from '@beyond-headers/service-kit';

const description = 'A demo control: it is served only with `DEMO_CONTROLS=on`.';

/** What the poller serves with demo controls, for OpenAPI. */
export const pollerDemoOperations: ApiOperations = {
  'POST /pause': {
    summary: 'Stop claiming, and wait for what is being claimed',
    description,
    answers: { 204: null },
  },
  'POST /resume': { summary: 'Claim again', description, answers: { 204: null } },
};
