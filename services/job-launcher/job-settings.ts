import type { JobLauncherConfig } from './config.ts';
import type { ReportJobSettings } from './job-manifest.ts';

/** The settings of Jobs as the environment gives them; names that pods can't resolve are looked up later. */
export function jobSettings(config: JobLauncherConfig): ReportJobSettings {
  return {
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
  };
}
