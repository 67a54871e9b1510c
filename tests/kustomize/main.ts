import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { hasDocker } from '../cluster/support/image.ts';
import { findCluster, NEEDS } from './support/cluster.ts';
import { provideImages } from './support/images.ts';
import { hasKubectl } from './support/kubectl.ts';

/**
 * `npm run test:kustomize`: what kustomize makes of k8s/, which needs kubectl alone; then, on a cluster, whether all of it is admitted,
 * and `k8s/overlays/local` from `kubectl apply` to its deletion. `-- render` runs the files of that name alone.
 */
const asked = process.argv.slice(2);
if (!(await hasKubectl())) {
  console.log('skipped: test:kustomize needs kubectl on the PATH (https://kubernetes.io/docs/tasks/tools/).');
} else {
  const names = asked.length > 0 ? asked : ['render', ...(await withCluster())];
  process.exitCode = test(names);
}

/** The files that need a cluster, where there is one with what they need; else says what is missing. */
async function withCluster(): Promise<string[]> {
  const cluster = await findCluster(process.env);
  if (!cluster) return leaveOut(NEEDS);
  process.env['KUBECONFIG'] = cluster.kubeconfig;
  if (!cluster.importImage) return ['admission', 'demo'];
  if (!(await hasDocker())) {
    leaveOut('needs a Docker engine to build the images.');
    return ['admission'];
  }
  console.log('test:kustomize: building the images and putting them into the cluster …');
  await provideImages(cluster.importImage);
  return ['admission', 'demo'];
}

function leaveOut(reason: string): string[] {
  console.log(`skipped: the part of test:kustomize that runs in a cluster ${reason}`);
  return [];
}

function test(names: string[]): number {
  const files = globSync(names.map((name) => `${import.meta.dirname}/${name}.test.ts`));
  const args = ['--test', '--test-concurrency=1', '--test-timeout=240000', ...files];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
}
