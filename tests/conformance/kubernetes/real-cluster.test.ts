import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { test } from 'node:test';
import { until } from '../../support/until.ts';
import { defineKubernetesContract } from './contract.ts';

const kubeconfig = process.env['KUBERNETES_CONTRACT_KUBECONFIG'];
// Any image with a POSIX shell that the cluster has or can pull.
const image = process.env['KUBERNETES_CONTRACT_IMAGE'] ?? 'busybox:1.36';
const NAMESPACE_DEADLINE_MS = 30_000;

if (kubeconfig) {
  defineKubernetesContract('a real cluster behaves as the contract says', async () => {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const core = config.makeApiClient(CoreV1Api);
    const body = { metadata: { generateName: 'contract-' } };
    const { metadata } = await core.createNamespace({ body });
    const namespace = metadata?.name ?? '';
    await serviceAccountThere(core, namespace);
    const close = async () => void (await core.deleteNamespace({ name: namespace }));
    return { config, image, timeScale: 1, namespace, standsIn: false, close };
  });
} else {
  test(
    'a real cluster behaves as the contract says',
    { skip: 'needs KUBERNETES_CONTRACT_KUBECONFIG' },
    () => undefined,
  );
}

/** Waits for the namespace's default service account, without which no pod can be created. */
async function serviceAccountThere(core: CoreV1Api, namespace: string): Promise<void> {
  await until(
    () => core.listNamespacedServiceAccount({ namespace }),
    ({ items }) => items.length > 0,
    { what: `the service account of ${namespace}`, deadlineMs: NAMESPACE_DEADLINE_MS },
  );
}
