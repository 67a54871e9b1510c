import type { ServiceDescription } from '@beyond-headers/service-kit/service';

/** Runs as a Job, whose environment the job-launcher sets. */
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
