import type { BatchV1Api } from '@kubernetes/client-node';
import { jobName } from '@beyond-headers/contracts';
import { HttpProblem } from '@beyond-headers/service-kit';
import { Router } from 'express';
import type { JobLauncherOptions } from '../app.ts';
import { jobLauncherDemoOperations } from './api.ts';
import { readCarrier } from './read-carrier.ts';
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

function carrierRoute(batch: BatchV1Api, namespace: string): Router {
  return Router().get('/reports/:jobName/carrier', async (request, response) => {
    const carrier = await readCarrier(batch, namespace, jobName.parse(request.params.jobName));
    if (!carrier) throw new HttpProblem(404, 'There is no Job with this name.');
    response.json(carrier);
  });
}
