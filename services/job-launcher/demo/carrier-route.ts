import { propagation } from '@opentelemetry/api';
import type { BatchV1Api, V1Job } from '@kubernetes/client-node';
import { jobName, type JobCarrier } from '@beyond-headers/contracts';
import { ANNOTATION_PREFIX, envNameOf } from '@beyond-headers/propagation';
import { HttpProblem } from '@beyond-headers/service-kit';
import { Router } from 'express';
import { failAsProblem } from '../kubernetes-problem.ts';
import { readJob } from '../read-job.ts';

/** Shows the context that a Job carries. */
export function carrierRoute(batch: BatchV1Api, namespace: string): Router {
  return Router().get('/reports/:jobName/carrier', async (request, response) => {
    const name = jobName.parse(request.params.jobName);
    const job = await readJob(batch, { namespace, name }).catch(failAsProblem);
    if (!job) throw new HttpProblem(404, 'There is no Job with this name.');
    response.json(carrierOf(job));
  });
}

/** Returns only the variables and annotations of a Job that carry the context, because other variables may be secret. */
function carrierOf({ metadata, spec }: V1Job): JobCarrier {
  const fields = new Set(propagation.fields().map(envNameOf));
  const env = (spec?.template.spec?.containers ?? []).flatMap((container) => container.env ?? []);
  const annotations = Object.entries(metadata?.annotations ?? {});
  return {
    env: env
      // Ignores case, to also show a variable that propagators miss because its name is in lower case.
      .filter(({ name }) => fields.has(envNameOf(name)))
      .map(({ name, value = '' }) => ({ name, value })),
    annotations: Object.fromEntries(annotations.filter(([key]) => key.startsWith(ANNOTATION_PREFIX))),
  };
}
