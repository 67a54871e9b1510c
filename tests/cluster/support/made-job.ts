import { ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';
import type { V1Job } from '@kubernetes/client-node';
import { reportJobManifest } from '../../../services/job-launcher/job-manifest.ts';
import type { ClusterSystem } from './system.ts';

/** Returns a Job as the launcher creates it, but with a context of the test. Tests use it for Jobs that the launcher never creates. */
export function manifestOf(
  { launcherEnv, namespace, image }: ClusterSystem,
  orderId: string,
  context: Context,
): V1Job {
  const settings = {
    namespace: namespace.name,
    image,
    mongodbUri: launcherEnv['JOB_MONGODB_URI'],
    mongodbDatabase: launcherEnv['JOB_MONGODB_DATABASE'] ?? '',
    otlpEndpoint: launcherEnv['JOB_OTLP_ENDPOINT'] ?? '',
    backoffLimit: 0,
    deadlineSeconds: 120,
    ttlSeconds: 600,
  };
  return reportJobManifest(orderId, settings, { context, at: new Date() });
}

export const contextOf = (traceId: string): Context =>
  trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: '3'.repeat(16), traceFlags: 1 });
