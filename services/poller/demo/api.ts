import type { ApiOperations } from '@beyond-headers/service-kit';

const description = 'This call exists only with `DEMO_CONTROLS=on`.';

/** The operations that `DEMO_CONTROLS=on` adds to the poller's API, for OpenAPI. */
export const pollerDemoOperations: ApiOperations = {
  'POST /pause': {
    summary: 'Stop the poller from claiming orders',
    description: `The poller answers after its last claim has ended. ${description}`,
    answers: { 204: null },
  },
  'POST /resume': { summary: 'Let the poller claim orders again', description, answers: { 204: null } },
};
