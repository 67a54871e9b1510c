import { writeFile } from 'node:fs/promises';
import { startCluster, type Cluster } from './cluster.ts';
import { readClusterConfig } from './config.ts';

const logger = {
  info: (message: string): void => console.log(message),
  error: (message: string): void => console.error(message),
};

try {
  const { kubeconfigPath, ...options } = readClusterConfig(process.env);
  const cluster = await startCluster({ ...options, logger });
  stopOnSignal(cluster);
  if (kubeconfigPath) await writeFile(kubeconfigPath, cluster.kubeconfig(), { mode: 0o600 });
} catch (error) {
  logger.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function stopOnSignal(cluster: Cluster): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cluster.close());
}
