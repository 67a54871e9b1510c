import type { ApiOperations } from '@beyond-headers/service-kit';

const description = 'This call exists only if the poller runs with `DEMO_CONTROLS=on`.';

/** The operations that `DEMO_CONTROLS=on` adds to the poller's API, for OpenAPI. */
export const pollerDemoOperations: ApiOperations = {
  'POST /pause': {
    summary: 'Stop the poller from claiming orders',
    description: `If the poller is claiming orders at the moment, it completes that claim before it answers. It continues to work on all orders that it has claimed. ${description}`,
    answers: { 204: null },
  },
  'POST /resume': { summary: 'Let the poller claim orders again', description, answers: { 204: null } },
};
