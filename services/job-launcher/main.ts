import { createLogger, readConfig, serve } from '@beyond-headers/service-kit';
import { createJobLauncherApp } from './app.ts';
import { jobLauncherConfig } from './config.ts';
import { connectKubernetes } from './kubernetes.ts';

const config = readConfig(jobLauncherConfig);
const logger = createLogger('job-launcher', config.LOG_LEVEL);
const app = createJobLauncherApp({
  kubernetes: connectKubernetes(),
  job: {
    namespace: config.JOB_NAMESPACE,
    image: config.JOB_IMAGE,
    mongodbUri: config.JOB_MONGODB_URI,
    mongodbSecret: config.JOB_MONGODB_SECRET,
    mongodbDatabase: config.JOB_MONGODB_DATABASE,
    otlpEndpoint: config.JOB_OTLP_ENDPOINT,
    backoffLimit: config.JOB_BACKOFF_LIMIT,
    deadlineSeconds: config.JOB_DEADLINE_SECONDS,
    ttlSeconds: config.JOB_TTL_SECONDS,
  },
  tracesUrl: config.TRACES_URL,
  logger,
});
await serve({ app, host: config.HOST, port: config.JOB_LAUNCHER_PORT, logger });
