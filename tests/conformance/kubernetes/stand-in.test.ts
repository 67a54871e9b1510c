import { KubeConfig } from '@kubernetes/client-node';
import { startCluster } from '@beyond-headers/local-cluster';
import { defineKubernetesContract } from './contract.ts';

const TIME_SCALE = 0.1;
const NAMESPACE = 'contract';

defineKubernetesContract('the stand-in behaves as Kubernetes does', async () => {
  const cluster = await startCluster({
    images: { 'contract-shell:1': { command: ['sh'] } },
    timeScale: TIME_SCALE,
    namespaces: [NAMESPACE],
  });
  const config = new KubeConfig();
  config.loadFromString(cluster.kubeconfig());
  return {
    config,
    image: 'contract-shell:1',
    timeScale: TIME_SCALE,
    namespace: NAMESPACE,
    standsIn: true,
    close: () => cluster.close(),
  };
});
