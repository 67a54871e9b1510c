import { writeFile } from 'node:fs/promises';
import { readConfig } from '@beyond-headers/service-kit/config';
import { startCluster } from './cluster.ts';
import { clusterConfig } from './config.ts';

try {
  const config = readConfig(clusterConfig);
  const cluster = await startCluster({
    port: config.CLUSTER_PORT,
    images: config.CLUSTER_IMAGES,
    timeScale: config.CLUSTER_TIME_SCALE,
    allowedHosts: config.ALLOWED_HOSTS,
    logger: console,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cluster.close());
  const { CLUSTER_KUBECONFIG: path } = config;
  if (path) await writeFile(path, cluster.kubeconfig(), { mode: 0o600 });
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
