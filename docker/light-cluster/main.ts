import { rename, readFile, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { parseEnv } from 'node:util';
import { startCluster } from '@beyond-headers/local-cluster';
import { createSecret } from '@beyond-headers/local-cluster/create-secret';

/**
 * Runs `local/cluster` in a container. Each start creates the namespace and the Secret that docker/k3s/init.sh creates in k3s, because
 * this cluster keeps no state.
 */
const NAMESPACE = 'beyond-headers';
const PORT = 8084;
const KUBECONFIG = '/kubeconfig/job-launcher';

const cluster = await startCluster({
  images: {
    'report-job:local': {
      command: [process.execPath, '--import', './dist/register.mjs', 'dist/main.mjs'],
      workingDir: '/app/services/report-job',
      // A pod doesn't inherit environment variables of this process.
      env: { NODE_COMPILE_CACHE: '/app/.compile-cache' },
    },
  },
  namespaces: [NAMESPACE],
  logger: console,
});
await createSecret(cluster.url, {
  namespace: NAMESPACE,
  name: 'report-job-mongodb',
  data: { uri: await readMongodbUri() },
});

// The cluster listens only on the loopback interface, because it does not authenticate callers. The relay listens on Compose's network.
const relay = createServer((socket) => {
  const inner = connect(Number(new URL(cluster.url).port), '127.0.0.1');
  const end = () => void (socket.destroy(), inner.destroy());
  socket.on('error', end).on('close', end).pipe(inner);
  inner.on('error', end).on('close', end).pipe(socket);
});
relay.listen(PORT, '0.0.0.0');
await writeFile(
  `${KUBECONFIG}.new`,
  cluster.kubeconfig().replace(cluster.url, `http://light-cluster:${PORT}`),
  { mode: 0o600 },
);
await rename(`${KUBECONFIG}.new`, KUBECONFIG);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    relay.close();
    void cluster.close().then(() => process.exit());
  });
}

async function readMongodbUri(): Promise<string> {
  const { MONGODB_URI } = parseEnv(await readFile('/credentials/mongodb.env', 'utf8'));
  if (MONGODB_URI) return MONGODB_URI;
  throw new Error(
    'Failed to read MONGODB_URI from /credentials/mongodb.env. Expected that mongo-init wrote it.',
  );
}
