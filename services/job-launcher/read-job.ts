import type { BatchV1Api, V1Job } from '@kubernetes/client-node';
import { asked, isStatus, KubernetesUnreachable } from './kubernetes-error.ts';
import { timeLimited } from './request-timeout.ts';

/** Reads a Job from Kubernetes. Resolves with undefined if there is no Job with this name. */
export async function readJob(
  batch: BatchV1Api,
  { namespace, name }: { namespace: string; name: string },
  signal?: AbortSignal,
): Promise<V1Job | undefined> {
  try {
    const job = await asked(batch.readNamespacedJob({ namespace, name }, timeLimited(signal)));
    assertIsJob(job, name);
    return job;
  } catch (error) {
    if (isStatus(error, 404)) return undefined;
    throw error;
  }
}

/** A proxy in front of the API server may respond in its place: with a login page and 200, or with a redirect to one. */
export function assertIsJob(job: V1Job | null, name: string): void {
  if (job?.metadata?.name === name) return;
  throw new KubernetesUnreachable(`its answer is not the Job ${name}`);
}
