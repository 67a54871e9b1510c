import { BatchV1Api, KubeConfig, type V1Job } from '@kubernetes/client-node';
import type { LocalSystem } from '@beyond-headers/supervisor';
import { until } from '../../support/until.ts';

/** Creates a copy of a report's Job, suspended as by a queue that admits Jobs, and resumes it seconds later. */
export async function admitted({ kubeconfig }: LocalSystem, jobName: string): Promise<void> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const jobs = config.makeApiClient(BatchV1Api);
  const copy = { namespace: 'default', name: `${jobName}-held` };
  const { metadata, spec } = await jobs.readNamespacedJob({ namespace: 'default', name: jobName });
  const { labels = {}, annotations = {} } = metadata ?? {};
  const template = { metadata: { labels, annotations }, spec: spec!.template.spec! };
  await jobs.createNamespacedJob({
    namespace: 'default',
    body: {
      metadata: { name: copy.name, labels, annotations },
      spec: { suspend: true, backoffLimit: 0, template },
    },
  });
  const since = await until(
    async () => suspendedAt(await jobs.readNamespacedJob(copy)),
    (found) => found !== undefined,
  );
  // Kubernetes stores whole seconds, so the observer doesn't report a shorter wait.
  await until(
    () => Date.now(),
    (now) => now > since!.getTime() + 2_000,
  );
  await jobs.patchNamespacedJob({ ...copy, body: [{ op: 'replace', path: '/spec/suspend', value: false }] });
}

const suspendedAt = ({ status }: V1Job): Date | undefined =>
  status?.conditions?.find((one) => one.type === 'Suspended' && one.status === 'True')?.lastTransitionTime;
