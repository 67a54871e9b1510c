import { jobCarrier } from '@beyond-headers/contracts';
import type { ApiOperations } from '@beyond-headers/service-kit';
import { path, refused } from '../api.ts';

/** The operations that `DEMO_CONTROLS=on` adds to the job-launcher's API, for OpenAPI. */
export const jobLauncherDemoOperations: ApiOperations = {
  'GET /reports/{jobName}/carrier': {
    summary: 'Show what carries the context in a Job',
    description: 'This call exists only with `DEMO_CONTROLS=on`.',
    path,
    answers: { 200: jobCarrier },
    problems: { 400: "This is not a report's name.", 404: 'There is no such Job.', ...refused },
  },
};
