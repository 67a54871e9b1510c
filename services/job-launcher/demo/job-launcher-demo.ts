import type { BatchV1Api } from '@kubernetes/client-node';
import type { JobLauncherOptions } from '../app.ts';
import { jobLauncherDemoOperations } from './api.ts';
import { carrierRoute } from './carrier-route.ts';
import { spoilJob } from './spoil-job.ts';

/** Returns what `DEMO_CONTROLS=on` adds: the launcher applies a request's demo switches, and shows the context that a Job carries. */
export function jobLauncherDemo(
  batch: BatchV1Api,
  namespace: string,
): Pick<JobLauncherOptions, 'finish' | 'extra'> {
  return {
    finish: (job, { demo }) => spoilJob(job, demo),
    extra: { routes: carrierRoute(batch, namespace), operations: jobLauncherDemoOperations },
  };
}
