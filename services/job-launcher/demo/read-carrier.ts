import { propagation } from '@opentelemetry/api';
import type { BatchV1Api } from '@kubernetes/client-node';
import type { JobCarrier } from '@beyond-headers/contracts';
import { ANNOTATION_PREFIX, envNameOf } from '@beyond-headers/propagation';
import { failAsProblem } from '../kubernetes-problem.ts';
import { readJob } from '../read-job.ts';

/** Returns only the variables and annotations of a Job that carry the context, because other variables may be secret. */
export async function readCarrier(
  batch: BatchV1Api,
  namespace: string,
  name: string,
): Promise<JobCarrier | undefined> {
  const job = await readJob(batch, { namespace, name }).catch(failAsProblem);
  if (!job) return undefined;
  const fields = new Set(propagation.fields().map(envNameOf));
  // Ignores case, to also show a variable that propagators miss because its name is in lower case.
  const isField = (name: string) => fields.has(envNameOf(name));
  const env = (job.spec?.template.spec?.containers ?? []).flatMap((container) => container.env ?? []);
  const annotations = Object.entries(job.metadata?.annotations ?? {});
  return {
    env: env.filter((variable) => isField(variable.name)).map(({ name, value = '' }) => ({ name, value })),
    annotations: Object.fromEntries(annotations.filter(([key]) => key.startsWith(ANNOTATION_PREFIX))),
  };
}
