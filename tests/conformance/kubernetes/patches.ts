import { PatchStrategy, setHeaderOptions, type V1Job } from '@kubernetes/client-node';
import type { Contract } from './cluster-under-test.ts';

/** Patches a Job, by default with a strategic merge patch, as kubectl does. */
export function change(
  { batch, namespace }: Contract,
  name: string,
  body: object,
  strategy: string = PatchStrategy.StrategicMergePatch,
): Promise<V1Job> {
  const options = setHeaderOptions('content-type', strategy);
  return batch.patchNamespacedJob({ namespace, name, body }, options);
}
