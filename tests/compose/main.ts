import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { runTests } from '../support/run-tests.ts';
import { testFiles } from '../support/test-files.ts';
import { whyNoCompose } from './support/docker.ts';

const FILES = testFiles(import.meta.dirname);
const USAGE = `npm run test:compose -- [--numbers] [file ...]

Tests the demo with Docker Compose: with a real Kubernetes (k3s), and with the stand-in for a cluster (light).

  file        runs only these test files: ${FILES.names.join(', ')}
  --numbers   writes the measurements into docs/reference/numbers.md`;

const { values, positionals } = readCommandLine({
  usage: USAGE,
  names: FILES.names,
  options: { numbers: { type: 'boolean', default: false } },
});

const missing = await whyNoCompose();
if (missing) {
  console.log(
    `skipped: test:compose needs a Docker engine with Compose and 3.5 GiB of memory. ${missing} npm run doctor says more.`,
  );
} else {
  const env = { ...process.env, ...(values.numbers && { WRITE_NUMBERS: 'on' }) };
  process.exitCode = runTests(FILES.paths(positionals), { timeoutMs: 900_000, env });
}
