import { propagation } from '@opentelemetry/api';
import type { BatchV1Api } from '@kubernetes/client-node';
import type { JobCarrier } from '@beyond-headers/contracts';
import { ANNOTATION_PREFIX, envNameOf } from '@beyond-headers/propagation';
import { asked, isStatus } from '../kubernetes-error.ts';
import { kubernetesProblem } from '../kubernetes-problem.ts';
import { timeLimited } from '../request-timeout.ts';

/** What of a Job carries the context: the propagator's variables and annotations, nothing else of it, as other variables may be secret. */
export async function readCarrier(
  batch: BatchV1Api,
  namespace: string,
  name: string,
): Promise<JobCarrier | undefined> {
  try {
    const { metadata, spec } = await asked(batch.readNamespacedJob({ namespace, name }, timeLimited()));
    const fields = new Set(propagation.fields().map(envNameOf));
    // In whatever case it was written: a name that no one reads is worth a look too.
    const isField = (name: string) => fields.has(envNameOf(name));
    const env = (spec?.template.spec?.containers ?? []).flatMap((container) => container.env ?? []);
    const annotations = Object.entries(metadata?.annotations ?? {});
    return {
      env: env.filter((variable) => isField(variable.name)).map(({ name, value = '' }) => ({ name, value })),
      annotations: Object.fromEntries(annotations.filter(([key]) => key.startsWith(ANNOTATION_PREFIX))),
    };
  } catch (error) {
    if (isStatus(error, 404)) return undefined;
    throw kubernetesProblem(error);
  }
}
