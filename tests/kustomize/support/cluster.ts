import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTarget, type Target } from '../../cluster/support/target.ts';
import { run } from '../../support/run.ts';

export const NEEDS =
  'needs a Kubernetes cluster, named, so that it is never one by accident: TEST_CLUSTER, a program that knows `up`, `kubeconfig` and ' +
  '`import-image FILE`; or KIND_CLUSTER, the name of a kind cluster; or KUBECONFIG together with KUSTOMIZE_IMAGES=there, where the ' +
  'cluster has the images of k8s/overlays/local.';

/** Returns the cluster that the environment names. Undefined if it names none. */
export async function findCluster(env: NodeJS.ProcessEnv): Promise<Target | undefined> {
  if (env['TEST_CLUSTER']) return findTarget(env);
  if (env['KIND_CLUSTER']) return kindCluster(env['KIND_CLUSTER']);
  const { KUBECONFIG: kubeconfig, KUSTOMIZE_IMAGES: images } = env;
  return kubeconfig && images === 'there' ? { kubeconfig } : undefined;
}

async function kindCluster(name: string): Promise<Target> {
  const stdout = await run('kind', ['get', 'kubeconfig', '--name', name]);
  const kubeconfig = join(await mkdtemp(join(tmpdir(), 'kind-')), 'kubeconfig');
  await writeFile(kubeconfig, stdout, { mode: 0o600 });
  return {
    kubeconfig,
    importImage: async (archive) =>
      void (await run('kind', ['load', 'image-archive', archive, '--name', name])),
  };
}
