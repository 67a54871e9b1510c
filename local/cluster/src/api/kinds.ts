import { admitted } from '../controllers/pod-of-job.ts';
import type { KubeObject, ObjectTypes, ResourceName, Secret } from '../objects.ts';
import type { Cause } from '../validation/causes.ts';
import { jobChangeCauses } from '../validation/job-changes.ts';
import { withJobDefaults, withPodDefaults } from '../validation/job-defaults.ts';
import { jobCauses } from '../validation/job-rules.ts';
import { METADATA_RULES, podCauses, podChangeCauses } from '../validation/pod-rules.ts';
import { violations } from '../validation/rules.ts';

/** The defaults and the validation for one kind of object. */
export interface Kind<T extends KubeObject> {
  complete(object: T): T;
  causes(object: T): Cause[];
  /** Returns what is wrong with a change. */
  changeCauses(before: T, after: T): Cause[];
}

const plain: Kind<KubeObject> = {
  complete: (object) => object,
  causes: (object) => violations(object, METADATA_RULES),
  changeCauses: (_before, after) => violations(after, METADATA_RULES),
};

const KINDS: { [R in ResourceName]?: Kind<ObjectTypes[R]> } = {
  jobs: {
    complete: (job) => withJobDefaults({ ...job, status: {} }),
    causes: jobCauses,
    changeCauses: jobChangeCauses,
  },
  pods: {
    complete: (pod) => ({
      ...pod,
      spec: admitted(withPodDefaults({ restartPolicy: 'Always', ...pod.spec })),
      status: { phase: 'Pending' },
    }),
    causes: podCauses,
    changeCauses: podChangeCauses,
  },
  secrets: { ...plain, complete: (secret) => ({ type: 'Opaque', ...encoded(secret) }) },
};

/** Returns the kind of a resource. Pass it only objects of that resource: the type doesn't enforce this. */
export function kindFor(plural: ResourceName): Kind<KubeObject> {
  return KINDS[plural] ?? plain;
}

/** Merges the plain text in `stringData` into `data`, as base64. */
function encoded({ stringData = {}, ...secret }: Secret & { stringData?: Record<string, string> }): Secret {
  const own = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
  if (own.length === 0) return secret;
  return { ...secret, data: { ...secret.data, ...(Object.fromEntries(own) as Record<string, string>) } };
}
