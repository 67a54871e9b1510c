import type { BatchV1Api, CoreV1Api, V1EnvVar, V1Job } from '@kubernetes/client-node';
import { restrictedJob } from '../../../cluster/support/restricted-job.ts';
import { until } from '../../../support/until.ts';

/** The cluster and namespace in which Jobs are created, and the image that their containers run. */
export interface EnvJobs {
  batch: BatchV1Api;
  core: CoreV1Api;
  namespace: string;
  image: string;
}

/** How the pod of a Job ended. */
export interface Ended {
  succeeded: boolean;
  /** The log of the pod. After a failure, it begins with the reason. */
  said: string;
}

const DEADLINE_MS = 120_000;
const ARGS = { startsOnly: ['-e', ''], runs: (program: string) => ['--input-type=module', '-e', program] };

/** Returns a Job whose container has this environment. The container runs the program. Without a program, it only starts Node.js. */
export function envJob({ image }: EnvJobs, name: string, env: V1EnvVar[], program?: string): V1Job {
  const command = ['node', ...(program ? ARGS.runs(program) : ARGS.startsOnly)];
  return restrictedJob({ name }, [{ name: 'main', image, command, env }], DEADLINE_MS / 1_000);
}

/** Creates a Job, waits until its pod ends, and deletes the Job. If Kubernetes can't create the pod, resolves with the event's message. */
export async function runJob(jobs: EnvJobs, job: V1Job): Promise<Ended> {
  const { batch, namespace } = jobs;
  const name = job.metadata?.name ?? '';
  await batch.createNamespacedJob({ namespace, body: job });
  try {
    return await until(
      () => endOf(jobs, name),
      (end) => end !== undefined,
      {
        what: `the end of ${name}`,
        deadlineMs: DEADLINE_MS,
      },
    ).then((end) => end!);
  } finally {
    await batch.deleteNamespacedJob({ namespace, name, propagationPolicy: 'Background' });
  }
}

async function endOf(jobs: EnvJobs, name: string): Promise<Ended | undefined> {
  const { core, namespace } = jobs;
  const labelSelector = `batch.kubernetes.io/job-name=${name}`;
  const { items } = await core.listNamespacedPod({ namespace, labelSelector });
  const [pod] = items;
  if (!pod) return whyNoPod(jobs, name);
  const { phase, containerStatuses } = pod.status ?? {};
  const { terminated } = containerStatuses?.[0]?.state ?? {};
  if (!terminated || (phase !== 'Succeeded' && phase !== 'Failed')) return undefined;
  const log = await core.readNamespacedPodLog({ namespace, name: pod.metadata?.name ?? '' });
  const { exitCode, reason, message = '' } = terminated;
  return exitCode === 0
    ? { succeeded: true, said: log }
    : { succeeded: false, said: `${reason}, exit code ${exitCode}: ${message}${log}` };
}

async function whyNoPod({ core, namespace }: EnvJobs, name: string): Promise<Ended | undefined> {
  const fieldSelector = `involvedObject.name=${name},reason=FailedCreate`;
  const { items } = await core.listNamespacedEvent({ namespace, fieldSelector });
  return items[0] && { succeeded: false, said: `FailedCreate: ${items[0].message}` };
}
