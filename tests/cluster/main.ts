import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { runTests } from '../support/run-tests.ts';
import { testFiles } from '../support/test-files.ts';
import { prepareCluster } from './support/prepare.ts';

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
const missing = await prepareCluster();
if (missing) console.log(`skipped: ${missing}`);
else process.exitCode = runTests(FILES.paths(asked), { timeoutMs: 240_000 });
