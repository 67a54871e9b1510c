import { BatchV1Api, CoreV1Api, KubeConfig, VersionApi } from '@kubernetes/client-node';

/** Clients for the cluster that KUBECONFIG, ~/.kube/config or the pod's service account names, in this order. */
export function connectKubernetes(config = defaultConfig()) {
  return {
    config,
    batch: config.makeApiClient(BatchV1Api),
    core: config.makeApiClient(CoreV1Api),
    version: config.makeApiClient(VersionApi),
  };
}

function defaultConfig(): KubeConfig {
  const config = new KubeConfig();
  config.loadFromDefault();
  return config;
}
