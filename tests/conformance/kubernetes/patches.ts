import { PatchStrategy, setHeaderOptions, type V1Job } from '@kubernetes/client-node';
import type { Contract } from './cluster-under-test.ts';

/** Changes a Job by a strategic patch, as kubectl does by default. */
export function change(
  { batch, namespace }: Contract,
  name: string,
  body: object,
  strategy: string = PatchStrategy.StrategicMergePatch,
): Promise<V1Job> {
  const options = setHeaderOptions('content-type', strategy);
  return batch.patchNamespacedJob({ namespace, name, body }, options);
}
