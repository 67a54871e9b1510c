import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { hasDocker } from '../cluster/support/image.ts';
import { findCluster, NEEDS } from './support/cluster.ts';
import { provideImages } from './support/images.ts';
import { hasKubectl } from './support/kubectl.ts';
import { runTests } from '../support/run-tests.ts';
import { testFiles } from '../support/test-files.ts';

const FILES = testFiles(import.meta.dirname);
const USAGE = `npm run test:kustomize -- [file ...]

Tests the manifests in k8s/, in three test files:

  render      renders all overlays and components; needs only kubectl
  admission   checks whether the API server of a cluster accepts all objects
  demo        applies k8s/overlays/local to a cluster, runs all scenarios, and deletes the demo

  file        runs only these test files: ${FILES.names.join(', ')}`;

const { positionals: asked } = readCommandLine({ usage: USAGE, names: FILES.names });
if (!(await hasKubectl())) {
  console.log('skipped: test:kustomize needs kubectl on the PATH (https://kubernetes.io/docs/tasks/tools/).');
} else {
  const names = asked.length > 0 ? asked : ['render', ...(await withCluster())];
  process.exitCode = runTests(FILES.paths(names), { timeoutMs: 240_000 });
}

/** Returns the test files that a suitable cluster can run, and loads the images into it. Reports what is missing. */
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
