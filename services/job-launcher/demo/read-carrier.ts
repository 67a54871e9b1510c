import { propagation } from '@opentelemetry/api';
import type { BatchV1Api } from '@kubernetes/client-node';
import type { JobCarrier } from '@beyond-headers/contracts';
import { ANNOTATION_PREFIX, envNameOf } from '@beyond-headers/propagation';
import { asked, isStatus } from '../kubernetes-error.ts';
import { kubernetesProblem } from '../kubernetes-problem.ts';
import { timeLimited } from '../request-timeout.ts';

/** Returns only the variables and annotations of a Job that carry the context, because other variables may be secret. */
export async function readCarrier(
  batch: BatchV1Api,
  namespace: string,
  name: string,
): Promise<JobCarrier | undefined> {
  try {
    const { metadata, spec } = await asked(batch.readNamespacedJob({ namespace, name }, timeLimited()));
    const fields = new Set(propagation.fields().map(envNameOf));
    // Ignores case, to also show a variable that propagators miss because its name is in lower case.
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
