import { PatchStrategy, setHeaderOptions, type V1Job, type V1Pod } from '@kubernetes/client-node';
import { batch, core, namespace } from './cluster.ts';
import { lastOf, watchJob } from './watches.ts';

export function createJob(body: V1Job): Promise<V1Job> {
  return batch.createNamespacedJob({ namespace, body });
}

export function readJob(name: string): Promise<V1Job> {
  return batch.readNamespacedJob({ namespace, name });
}

/** Patches a Job, by default with a strategic merge patch, as kubectl does. */
export function changeJob(
  name: string,
  body: object,
  strategy: string = PatchStrategy.StrategicMergePatch,
): Promise<V1Job> {
  const options = setHeaderOptions('content-type', strategy);
  return batch.patchNamespacedJob({ namespace, name, body }, options);
}

/** Deletes a Job, and its pods as the policy says. */
export function removeJob(name: string, propagationPolicy = 'Background'): Promise<object> {
  return batch.deleteNamespacedJob({ namespace, name, body: { propagationPolicy } });
}

/** Returns the pods of a Job, oldest first. */
export async function podsOf(jobName: string): Promise<V1Pod[]> {
  const labelSelector = `batch.kubernetes.io/job-name=${jobName}`;
  const { items } = await core.listNamespacedPod({ namespace, labelSelector });
  return items.toSorted((a, b) => createdAt(a) - createdAt(b));
}

export function logOf(pod: V1Pod | undefined, container?: string): Promise<string> {
  const name = pod?.metadata?.name ?? '';
  return core.readNamespacedPodLog({ namespace, name, ...(container && { container }) });
}

export function isFinished(job: V1Job | undefined): boolean {
  const conditions = job?.status?.conditions ?? [];
  return conditions.some(({ type, status }) => /^(Complete|Failed)$/.test(type) && status === 'True');
}

/** Resolves with the Job once it is Complete or Failed. */
export async function finished(name: string): Promise<V1Job> {
  return lastOf(await watchJob(name, (seen) => isFinished(seen.at(-1)?.object)));
}

/** Creates a Job, waits until it is finished, and returns it with its pods. */
export async function runJob(body: V1Job): Promise<{ job: V1Job; pods: V1Pod[] }> {
  const { metadata } = await createJob(body);
  const name = metadata?.name ?? '';
  return { job: await finished(name), pods: await podsOf(name) };
}

function createdAt({ metadata }: V1Pod): number {
  return new Date(metadata?.creationTimestamp ?? 0).getTime();
}
