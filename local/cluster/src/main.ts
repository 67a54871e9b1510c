import { writeFile } from 'node:fs/promises';
import { readConfig } from '@beyond-headers/service-kit/config';
import { startCluster, type Cluster } from './cluster.ts';
import { clusterConfig } from './config.ts';

const logger = {
  info: (message: string): void => console.log(message),
  error: (message: string): void => console.error(message),
};

try {
  const config = readConfig(clusterConfig);
  const cluster = await startCluster({
    port: config.CLUSTER_PORT,
    images: config.CLUSTER_IMAGES,
    timeScale: config.CLUSTER_TIME_SCALE,
    allowedHosts: config.ALLOWED_HOSTS,
    logger,
  });
  stopOnSignal(cluster);
  const path = config.CLUSTER_KUBECONFIG;
  if (path) await writeFile(path, cluster.kubeconfig(), { mode: 0o600 });
} catch (error) {
  logger.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function stopOnSignal(cluster: Cluster): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cluster.close());
}
