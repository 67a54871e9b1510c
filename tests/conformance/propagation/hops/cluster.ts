import { startCluster } from '@beyond-headers/local-cluster';
import { BatchV1Api, CoreV1Api, KubeConfig, type V1Job } from '@kubernetes/client-node';
import { until } from '../../../support/until.ts';

const JOB_DEADLINE_MS = 120_000;

/** A namespace for one run. */
interface Place {
  namespace: string;
  image: string;
  /** Path of the program `node` in the image. */
  node: string;
  close: () => Promise<unknown>;
}

/**
 * Returns a namespace for Jobs, on the stand-in for Kubernetes. To use a real cluster, name it in `KUBECONFIG`, and name an image that it
 * has in `CONFORMANCE_IMAGE`. The image needs Node.js at `/usr/bin/node`.
 */
export async function openCluster() {
  const config = new KubeConfig();
  const { CONFORMANCE_IMAGE: realImage } = process.env;
  const place = realImage ? await realPlace(config, realImage) : await localPlace(config);
  const { namespace } = place;
  const core = config.makeApiClient(CoreV1Api);
  const batch = config.makeApiClient(BatchV1Api);
  return {
    ...place,
    batch,
    /** Runs a Job until it ends. Resolves with the log of each container, in the order of the manifest. */
    run: async (body: V1Job): Promise<string[]> => {
      const { metadata } = await batch.createNamespacedJob({ namespace, body });
      const name = metadata?.name ?? '';
      const { status } = await until(
        () => batch.readNamespacedJobStatus({ namespace, name }),
        (job) => job.status?.succeeded || job.status?.failed,
        { what: `the end of ${name}`, deadlineMs: JOB_DEADLINE_MS },
      );
      if (status?.failed) throw new Error(`Failed to run ${name}: ${JSON.stringify(status.conditions)}.`);
      const labelSelector = `batch.kubernetes.io/job-name=${name}`;
      const { items } = await core.listNamespacedPod({ namespace, labelSelector });
      const pod = { namespace, name: items[0]?.metadata?.name ?? '' };
      const containers = body.spec?.template.spec?.containers ?? [];
      return Promise.all(
        containers.map(({ name: container }) => core.readNamespacedPodLog({ ...pod, container })),
      );
    },
  };
}

async function realPlace(config: KubeConfig, image: string): Promise<Place> {
  config.loadFromDefault();
  const core = config.makeApiClient(CoreV1Api);
  const { metadata } = await core.createNamespace({ body: { metadata: { generateName: 'conformance-' } } });
  const namespace = metadata?.name ?? '';
  return { namespace, image, node: '/usr/bin/node', close: () => core.deleteNamespace({ name: namespace }) };
}

async function localPlace(config: KubeConfig): Promise<Place> {
  const image = 'conformance:1';
  const cluster = await startCluster({ images: { [image]: { command: [process.execPath] } } });
  config.loadFromString(cluster.kubeconfig());
  return { namespace: 'default', image, node: process.execPath, close: () => cluster.close() };
}
