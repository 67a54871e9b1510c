import { spawnSync } from 'node:child_process';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { testFiles } from '../support/test-files.ts';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';

const TEST_TIMEOUT_MS = 180_000;

const FILES = testFiles(import.meta.dirname);

const USAGE = `npm run test:browser -- [file ...]

Starts a local system, and tests its playground in a real Chromium.

  file   runs only these test files: ${FILES.names.join(', ')}`;

const { positionals } = readCommandLine({ usage: USAGE, names: FILES.names });
if (!findChromium()) {
  console.error(NO_CHROMIUM);
  process.exit(2);
}
const args = ['--test', '--test-concurrency=1', `--test-timeout=${TEST_TIMEOUT_MS}`];
const { status } = spawnSync(process.execPath, [...args, ...FILES.paths(positionals)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
