import { ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';
import type { V1Job } from '@kubernetes/client-node';
import { readConfig } from '@beyond-headers/service-kit';
import { jobLauncherConfig, jobSettings } from '../../../services/job-launcher/config.ts';
import { reportJobManifest } from '../../../services/job-launcher/job-manifest.ts';
import type { ClusterSystem } from './system.ts';

/** Returns a Job as the launcher creates it, but with a context of the test. Tests use it for Jobs that the launcher never creates. */
export function manifestOf({ launcherEnv }: ClusterSystem, orderId: string, context: Context): V1Job {
  const config = readConfig(jobLauncherConfig, {
    ...launcherEnv,
    JOB_BACKOFF_LIMIT: '0',
    JOB_DEADLINE_SECONDS: '120',
  });
  return reportJobManifest(orderId, jobSettings(config), { context, at: new Date() });
}

export const contextOf = (traceId: string): Context =>
  trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: '3'.repeat(16), traceFlags: 1 });
