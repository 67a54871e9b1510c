import { OBEYS_SWITCHES, type LastingService } from '@beyond-headers/service-kit/service';

export const service = {
  name: 'poller',
  port: { variable: 'POLLER_PORT', number: 8082 },
  isTraced: true,
  needs: {
    mongodb: [{ collection: 'orders', actions: ['find', 'insert', 'update', 'createIndex', 'changeStream'] }],
    services: { JOB_LAUNCHER_URL: 'job-launcher' },
  },
  environment: OBEYS_SWITCHES,
} satisfies LastingService;
