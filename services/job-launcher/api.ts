import { jobName, launchedReport, launchReport, reportStatus } from '@beyond-headers/contracts';
import type { ApiDescription } from '@beyond-headers/service-kit';
import { z } from 'zod';

export const path = z.object({ jobName });
export const refused = {
  502: 'Kubernetes refused the request; `detail` has the reason.',
  503: 'Kubernetes did not answer, or refused the Job for now, for example because of a quota; try again.',
};

/** The job-launcher's calls, for OpenAPI. */
export const jobLauncherApi: ApiDescription = {
  title: 'job-launcher',
  description: 'Creates the Job of an order and reports its outcome.',
  operations: {
    'POST /reports': {
      summary: "Create an order's report Job",
      body: launchReport,
      answers: { 202: launchedReport },
      problems: refused,
    },
    'GET /reports/{jobName}': {
      summary: 'Show a Job as Kubernetes sees it',
      path,
      answers: { 200: reportStatus },
      problems: { 404: 'There is no such Job. It may have been removed after its time to live.', ...refused },
    },
  },
};
