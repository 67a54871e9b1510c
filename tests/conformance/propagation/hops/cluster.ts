import { startCluster } from '@beyond-headers/local-cluster';
import { BatchV1Api, CoreV1Api, KubeConfig, type V1Job } from '@kubernetes/client-node';
import { until } from '../../../support/until.ts';

const JOB_DEADLINE_MS = 120_000;

/** A namespace for one run, and what a pod in it needs to run Node.js. */
export interface Cluster {
  batch: BatchV1Api;
  namespace: string;
  image: string;
  /** Path of the program `node` in the image. */
  node: string;
  /** Runs a Job until it ends. Resolves with the log of each container, in the order of the manifest. */
  run(job: V1Job): Promise<string[]>;
  close(): Promise<void>;
}

interface Place {
  config: KubeConfig;
  namespace: string;
  image: string;
  node: string;
  close(): Promise<void>;
}

/**
 * Returns a namespace for Jobs, on the stand-in for Kubernetes. To use a real cluster, name it in `KUBECONFIG`, and name an image that it
 * has in `CONFORMANCE_IMAGE`. The image needs Node.js at `/usr/bin/node`.
 */
export async function openCluster(): Promise<Cluster> {
  const place = await openPlace(process.env.CONFORMANCE_IMAGE);
  const { config, namespace, image, node } = place;
  const core = config.makeApiClient(CoreV1Api);
  const batch = config.makeApiClient(BatchV1Api);
  return {
    batch,
    namespace,
    image,
    node,
    async run(job) {
      const created = await batch.createNamespacedJob({ namespace, body: job });
      const name = created.metadata?.name ?? '';
      await untilComplete(batch, namespace, name);
      return await logsOf(core, namespace, name, job);
    },
    close: () => place.close(),
  };
}

async function openPlace(realImage: string | undefined): Promise<Place> {
  const config = new KubeConfig();
  if (realImage) {
    config.loadFromDefault();
    const core = config.makeApiClient(CoreV1Api);
    const { metadata } = await core.createNamespace({ body: { metadata: { generateName: 'conformance-' } } });
    const namespace = metadata?.name ?? '';
    const close = async () => void (await core.deleteNamespace({ name: namespace }));
    return { config, namespace, image: realImage, node: '/usr/bin/node', close };
  }
  const image = 'conformance:1';
  const cluster = await startCluster({ images: { [image]: { command: [process.execPath] } } });
  config.loadFromString(cluster.kubeconfig());
  return { config, namespace: 'default', image, node: process.execPath, close: () => cluster.close() };
}

async function untilComplete(batch: BatchV1Api, namespace: string, name: string): Promise<void> {
  const { status } = await until(
    () => batch.readNamespacedJobStatus({ namespace, name }),
    (job) => job.status?.succeeded || job.status?.failed,
    { what: `the end of ${name}`, deadlineMs: JOB_DEADLINE_MS },
  );
  if (status?.failed) throw new Error(`Failed to run ${name}: ${JSON.stringify(status.conditions)}.`);
}

async function logsOf(core: CoreV1Api, namespace: string, jobName: string, job: V1Job): Promise<string[]> {
  const labelSelector = `batch.kubernetes.io/job-name=${jobName}`;
  const { items } = await core.listNamespacedPod({ namespace, labelSelector });
  const name = items[0]?.metadata?.name ?? '';
  const containers = job.spec?.template.spec?.containers ?? [];
  return Promise.all(
    containers.map(({ name: container }) => core.readNamespacedPodLog({ namespace, name, container })),
  );
}
