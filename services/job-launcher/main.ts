import { createLogger, readConfig, serve } from '@beyond-headers/service-kit';
import { createJobLauncherApp } from './app.ts';
import { jobLauncherConfig, jobSettings } from './config.ts';
import { jobLauncherDemo } from './demo/job-launcher-demo.ts';
import { loadKubeconfig } from './kubeconfig.ts';
import { connectKubernetes } from './kubernetes.ts';
import { observeJobs } from './metrics.ts';
import { startObserver } from './observer/start.ts';

const config = readConfig(jobLauncherConfig);
const logger = createLogger('job-launcher', config.LOG_LEVEL);
const kubernetes = connectKubernetes(loadKubeconfig(config.KUBECONFIG));
const { observer, stop } = startObserver({
  kubernetes,
  namespace: config.JOB_NAMESPACE,
  shape: config.OBSERVER_SHAPE,
  replayMs: config.OBSERVER_REPLAY_SECONDS * 1_000,
  logger,
});
observeJobs(kubernetes, config.JOB_NAMESPACE);
const app = createJobLauncherApp({
  kubernetes,
  job: jobSettings(config),
  hostAliases: config.JOB_HOST_ALIASES,
  gonePods: (jobUid) => observer.gonePods(jobUid),
  tracesUrl: config.TRACES_URL,
  ...(config.DEMO_CONTROLS && jobLauncherDemo(kubernetes.batch, config.JOB_NAMESPACE)),
  allowedHosts: config.ALLOWED_HOSTS,
  logger,
});
await serve({ app, host: config.HOST, port: config.JOB_LAUNCHER_PORT, logger, release: [stop] });
