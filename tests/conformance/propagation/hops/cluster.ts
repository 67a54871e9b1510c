import { BatchV1Api, CoreV1Api, KubeConfig } from '@kubernetes/client-node';

/** A namespace of a cluster, made for one run, and what a pod in it needs to run Node and to call back. */
export interface Cluster {
  batch: BatchV1Api;
  namespace: string;
  image: string;
  /** The program `node` inside the image. */
  node: string;
  /** The address of this machine, as pods see it. */
  hostAddress: string;
  close(): Promise<void>;
}

/**
 * Gives a namespace to make Jobs in: on a real cluster when `CONFORMANCE_IMAGE` (an image with Node) and `KUBECONFIG` name
 * one, with `CONFORMANCE_HOST` as this machine's address for pods.
 */
export async function openCluster(): Promise<Cluster> {
  const { CONFORMANCE_IMAGE: image, CONFORMANCE_HOST: hostAddress = '127.0.0.1' } = process.env;
  if (!image) throw new Error('Failed to open a cluster: CONFORMANCE_IMAGE is not set.');
  const config = new KubeConfig();
  config.loadFromDefault();
  const core = config.makeApiClient(CoreV1Api);
  const { metadata } = await core.createNamespace({ body: { metadata: { generateName: 'conformance-' } } });
  const namespace = metadata?.name ?? '';
  return {
    batch: config.makeApiClient(BatchV1Api),
    namespace,
    image,
    node: '/usr/bin/node',
    hostAddress,
    async close() {
      await core.deleteNamespace({ name: namespace });
    },
  };
}
