import type { ServiceDescription } from '@beyond-headers/service-kit/service';

/** Runs as a Job, which the job-launcher gives its environment. */
export const service = {
  name: 'report-job',
  needs: {
    mongodb: [
      { collection: 'orders', actions: ['find', 'update'] },
      { collection: 'reports', actions: ['find', 'insert'] },
    ],
  },
  environment: {},
} satisfies ServiceDescription;
