import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import {
  BatchV1Api,
  CoreV1Api,
  KubeConfig,
  RbacAuthorizationV1Api,
  type V1Role,
  type V1RoleBinding,
  type V1ServiceAccount,
} from '@kubernetes/client-node';
import { parse } from 'yaml';

const BASE = new URL('../../../k8s/base/', import.meta.url);

export interface TestNamespace {
  name: string;
  /** A client with administrator rights, for the tests. */
  batch: BatchV1Api;
  core: CoreV1Api;
  /** The address at which pods reach this machine. */
  hostAddress: string;
  apiServer: { host: string; port: number };
  /** Returns a kubeconfig with the launcher's rights, for the API server at `port` of this machine. */
  launcherKubeconfig(port: number): Promise<string>;
  remove(): Promise<void>;
}

/** Creates a namespace under Pod Security `restricted`, with the service accounts and RBAC of `k8s/base`. `own` has further labels. */
export async function makeNamespace(own: Record<string, string> = {}): Promise<TestNamespace> {
  const config = new KubeConfig();
  config.loadFromDefault();
  const core = config.makeApiClient(CoreV1Api);
  const name = `cluster-test-${randomBytes(4).toString('hex')}`;
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted', ...own };
  await core.createNamespace({ body: { metadata: { name, labels } } });
  await applyBase(config, name);
  const server = new URL(config.getCurrentCluster()?.server ?? '');
  return {
    name,
    core,
    batch: config.makeApiClient(BatchV1Api),
    hostAddress: await nodeAddress(core),
    apiServer: { host: server.hostname, port: Number(server.port || 443) },
    launcherKubeconfig: async (port) => launcherKubeconfig(config, name, port, server.hostname),
    remove: async () => void (await core.deleteNamespace({ name })),
  };
}

async function applyBase(config: KubeConfig, namespace: string): Promise<void> {
  const core = config.makeApiClient(CoreV1Api);
  const rbac = config.makeApiClient(RbacAuthorizationV1Api);
  for (const service of ['job-launcher', 'report-job']) {
    const body = read(`${service}/service-account.yaml`) as V1ServiceAccount;
    await core.createNamespacedServiceAccount({ namespace, body });
  }
  await rbac.createNamespacedRole({ namespace, body: read('job-launcher/role.yaml') as V1Role });
  const binding = read('job-launcher/role-binding.yaml') as V1RoleBinding;
  await rbac.createNamespacedRoleBinding({ namespace, body: binding });
}

const read = (path: string): unknown => parse(readFileSync(new URL(path, BASE), 'utf8'));

/** The tests' cluster runs on this machine, so a node's address is this machine's. */
async function nodeAddress(core: CoreV1Api): Promise<string> {
  const given = process.env['HOST_FOR_PODS'];
  const { items } = await core.listNode();
  const address = items[0]?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
  if (!given && !address)
    throw new Error('The node has no InternalIP. Set HOST_FOR_PODS to an address of this machine.');
  return given ?? address ?? '';
}

async function launcherKubeconfig(
  admin: KubeConfig,
  namespace: string,
  port: number,
  tlsServerName: string,
): Promise<string> {
  const { status } = await admin.makeApiClient(CoreV1Api).createNamespacedServiceAccountToken({
    namespace,
    name: 'job-launcher',
    body: { spec: { audiences: [], expirationSeconds: 3_600 } },
  });
  const cluster = admin.getCurrentCluster();
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    {
      name: 'test',
      server: `https://127.0.0.1:${port}`,
      ...(isIP(tlsServerName) === 0 && { tlsServerName }),
      skipTLSVerify: false,
      ...(cluster?.caData && { caData: cluster.caData }),
      ...(cluster?.caFile && { caFile: cluster.caFile }),
    },
    { name: 'job-launcher', token: status?.token ?? '' },
  );
  return config.exportConfig();
}
