import type { LastingService } from '@beyond-headers/service-kit/service';

export const service = {
  name: 'job-launcher',
  port: { variable: 'JOB_LAUNCHER_PORT', number: 8083 },
  isTraced: true,
  needs: {
    // To make Jobs, and to look at them and their pods. Whoever may create Jobs can run any image under any service account of the
    // namespace: keep nothing else in it.
    kubernetes: [
      { apiGroup: 'batch', resource: 'jobs', verbs: ['create', 'get', 'list', 'watch'] },
      { apiGroup: '', resource: 'pods', verbs: ['get', 'list', 'watch'] },
    ],
  },
  environment: {
    TRACES_URL: { from: 'traces' },
    JOB_NAMESPACE: { from: 'job-namespace' },
    JOB_IMAGE: { from: 'job-image' },
    JOB_SERVICE_ACCOUNT: { from: 'job-service-account' },
    JOB_MONGODB_SECRET: { from: 'job-mongodb-secret' },
    JOB_MONGODB_DATABASE: { from: 'job-mongodb-database' },
    JOB_OTLP_ENDPOINT: { from: 'job-otlp' },
    DEMO_CONTROLS: { from: 'demo-controls' },
  },
} satisfies LastingService;
