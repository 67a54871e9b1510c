import { storedOrder } from '@beyond-headers/contracts';
import type { ApiOperations } from '@beyond-headers/service-kit';
import { away, path, tooMany } from '../api.ts';

/** The operations that `DEMO_CONTROLS=on` adds to the writer's API, for OpenAPI. */
export const writerDemoOperations: ApiOperations = {
  'GET /orders/{id}/carrier': {
    summary: 'Show the stored document of an order, with the context that it carries',
    description: 'This call exists only if the writer runs with `DEMO_CONTROLS=on`.',
    path,
    answers: { 200: storedOrder },
    problems: {
      400: '`id` is not 24 lower-case hex digits.',
      404: 'There is no order with this id.',
      429: tooMany,
      503: away,
    },
  },
};
