import { jobName, launchedReport, launchReport, reportStatus } from '@beyond-headers/contracts';
import type { ApiDescription } from '@beyond-headers/service-kit';
import { z } from 'zod';

export const path = z.object({ jobName });
export const refused = {
  502: 'Kubernetes refused the request. `detail` has the reason.',
  503: 'Kubernetes did not answer, or refused the request for now, for example because of a quota. Try again.',
};

/** The operations of the job-launcher's API, for OpenAPI. */
export const jobLauncherApi: ApiDescription = {
  title: 'job-launcher',
  description: 'The service that creates the Job for the report of an order, and shows how that Job ended.',
  operations: {
    'POST /reports': {
      summary: 'Create the Job that makes the report of an order',
      body: launchReport,
      answers: { 202: launchedReport },
      problems: refused,
    },
    'GET /reports/{jobName}': {
      summary: 'Show a Job as Kubernetes sees it',
      path,
      answers: { 200: reportStatus },
      problems: {
        404: 'There is no such Job. Kubernetes may have removed it, because it ended more than `JOB_TTL_SECONDS` ago.',
        ...refused,
      },
    },
  },
};
