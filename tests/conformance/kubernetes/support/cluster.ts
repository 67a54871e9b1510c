import { after } from 'node:test';
import { startCluster } from '@beyond-headers/local-cluster';
import { BatchV1Api, CoreV1Api, KubeConfig, VersionApi } from '@kubernetes/client-node';
import { until } from '../../../support/until.ts';

/*
 * The cluster under test: the stand-in, or the real cluster of KUBERNETES_CONTRACT_KUBECONFIG. Each test file has a stand-in or a
 * namespace of its own.
 */

const kubeconfig = process.env['KUBERNETES_CONTRACT_KUBECONFIG'];

/** Whether the cluster is the stand-in, which leaves out what the project doesn't need. */
export const standsIn = !kubeconfig;
/** Factor for Kubernetes' built-in delays. */
export const timeScale = standsIn ? 0.1 : 1;
/** An image with a POSIX shell, `env`, and `sleep`. A real cluster must have it, or be able to pull it. */
export const image = standsIn
  ? 'contract-shell:1'
  : (process.env['KUBERNETES_CONTRACT_IMAGE'] ?? 'busybox:1.36');
export const config = new KubeConfig();
export const namespace = kubeconfig ? await makeNamespace(kubeconfig) : await startStandIn();
export const batch = config.makeApiClient(BatchV1Api);
export const core = config.makeApiClient(CoreV1Api);

async function startStandIn(): Promise<string> {
  const images = { [image]: { command: ['sh'] } };
  const cluster = await startCluster({ images, timeScale, namespaces: ['contract'] });
  after(() => cluster.close());
  config.loadFromString(cluster.kubeconfig());
  return 'contract';
}

async function makeNamespace(path: string): Promise<string> {
  config.loadFromFile(path);
  const admin = config.makeApiClient(CoreV1Api);
  const { metadata } = await admin.createNamespace({ body: { metadata: { generateName: 'contract-' } } });
  const name = metadata?.name ?? '';
  after(() => admin.deleteNamespace({ name }));
  // Without the service account, no pod can be created. Without the authority, a kubelet reports that it can't mount a volume.
  const lists = {
    'service account': () => admin.listNamespacedServiceAccount({ namespace: name }),
    'certificate authority': () => admin.listNamespacedConfigMap({ namespace: name }),
  };
  for (const [what, list] of Object.entries(lists))
    await until<{ items: unknown[] }>(list, ({ items }) => items.length > 0, {
      what: `the ${what} of ${name}`,
      deadlineMs: 30_000,
    });
  return name;
}

/** Returns the cluster's minor version, such as 34 for Kubernetes 1.34. */
export async function minorVersion(): Promise<number> {
  const { minor } = await config.makeApiClient(VersionApi).getCode();
  return Number.parseInt(minor, 10);
}
