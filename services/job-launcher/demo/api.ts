import { jobCarrier } from '@beyond-headers/contracts';
import type { ApiOperations } from '@beyond-headers/service-kit';
import { path, refused } from '../api.ts';

/** The operations that `DEMO_CONTROLS=on` adds to the job-launcher's API, for OpenAPI. */
export const jobLauncherDemoOperations: ApiOperations = {
  'GET /reports/{jobName}/carrier': {
    summary: 'Show the variables and annotations that carry the context in a Job',
    description: 'This call exists only if the job-launcher runs with `DEMO_CONTROLS=on`.',
    path,
    answers: { 200: jobCarrier },
    problems: {
      400: '`jobName` is not `report-` followed by the id of an order.',
      404: 'There is no such Job.',
      ...refused,
    },
  },
};
