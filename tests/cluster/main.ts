import { spawnSync } from 'node:child_process';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { testFiles } from '../support/test-files.ts';
import { hasDocker, provideImage } from './support/image.ts';
import { findTarget, NEEDS } from './support/target.ts';

const FILES = testFiles(import.meta.dirname);
const USAGE = `npm run test:cluster -- [file ...]

Tests on a real Kubernetes cluster whether one trace goes through all services, also if pods, Jobs, or connections fail.

  file   runs only these test files: ${FILES.names.join(', ')}

Variables that choose the cluster:
  TEST_CLUSTER            a program that starts a cluster (CONTRIBUTING.md, CI)
  KUBECONFIG              a running cluster, together with REPORT_JOB_IMAGE, an image of the report-job that the cluster has

Optional variables:
  PYTHON_JOB_IMAGE        an image of examples/python-job that the cluster has; some files then also test its program
  KUBECTL_BEYOND_FOLDER   the folder of the plug-in that the file kubectl-beyond tests, such as dist/`;

const { positionals: asked } = readCommandLine({ usage: USAGE, names: FILES.names });
const target = await findTarget(process.env);
const buildsImage = target?.importImage && !process.env['REPORT_JOB_IMAGE'];
if (!target) skip(NEEDS);
else if (buildsImage && !(await hasDocker())) {
  skip(
    'test:cluster needs a Docker engine to build the report-job image, or REPORT_JOB_IMAGE, an image that the cluster has.',
  );
} else {
  console.log('test:cluster: putting the report-job image into the cluster …');
  process.exitCode = test({
    KUBECONFIG: target.kubeconfig,
    REPORT_JOB_IMAGE: await provideImage(target, process.env),
  });
}

function skip(reason: string): void {
  console.log(`skipped: ${reason}`);
}

function test(env: NodeJS.ProcessEnv): number {
  // One file at a time: each has its own namespace, but they share the machine.
  const args = ['--test', '--test-concurrency=1', '--test-timeout=240000', ...FILES.paths(asked)];
  return spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;
}
