import { OBEYS_SWITCHES, type LastingService } from '@beyond-headers/service-kit/service';

export const service = {
  name: 'job-launcher',
  port: { variable: 'JOB_LAUNCHER_PORT', number: 8083 },
  isTraced: true,
  needs: {
    // To create Jobs, and to watch them and their pods. A caller that may create Jobs can run any image under any service account of the
    // namespace, so keep nothing else in it.
    kubernetes: [
      { apiGroup: 'batch', resource: 'jobs', verbs: ['create', 'get', 'list', 'watch'] },
      { apiGroup: '', resource: 'pods', verbs: ['get', 'list', 'watch'] },
    ],
  },
  environment: {
    TRACES_URL: 'traces',
    JOB_NAMESPACE: 'job-namespace',
    JOB_IMAGE: 'job-image',
    JOB_SERVICE_ACCOUNT: 'job-service-account',
    JOB_MONGODB_SECRET: 'job-mongodb-secret',
    JOB_MONGODB_DATABASE: 'mongodb-database',
    JOB_OTLP_ENDPOINT: 'otlp',
    JOB_LOGS_ENDPOINT: 'logs',
    ...OBEYS_SWITCHES,
  },
} satisfies LastingService;
