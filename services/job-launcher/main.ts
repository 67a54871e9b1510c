import { createLogger, readConfig, serve } from '@beyond-headers/service-kit';
import { createJobLauncherApp } from './app.ts';
import { jobLauncherConfig } from './config.ts';
import { connectKubernetes } from './kubernetes.ts';
import { startObserver } from './observer/start.ts';

const config = readConfig(jobLauncherConfig);
const logger = createLogger('job-launcher', config.LOG_LEVEL);
const kubernetes = connectKubernetes();
const { observer, stop } = startObserver({
  kubernetes,
  namespace: config.JOB_NAMESPACE,
  replayMs: config.OBSERVER_REPLAY_SECONDS * 1_000,
  logger,
});
const app = createJobLauncherApp({
  kubernetes,
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
    serviceAccount: config.JOB_SERVICE_ACCOUNT,
    memoryLimit: config.JOB_MEMORY_LIMIT,
  },
  hostAliases: config.JOB_HOST_ALIASES,
  gonePods: (jobUid) => observer.gonePods(jobUid),
  tracesUrl: config.TRACES_URL,
  demoControls: config.DEMO_CONTROLS,
  logger,
});
await serve({ app, host: config.HOST, port: config.JOB_LAUNCHER_PORT, logger, release: [stop] });
