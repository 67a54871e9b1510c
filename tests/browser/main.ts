import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { runTests } from '../support/run-tests.ts';
import { testFiles } from '../support/test-files.ts';
import { findChromium, NO_CHROMIUM } from './support/chromium.ts';

const FILES = testFiles(import.meta.dirname);

const USAGE = `npm run test:browser -- [file ...]

Starts a local system, and tests its playground in a real Chromium.

  file   runs only these test files: ${FILES.names.join(', ')}`;

const { positionals } = readCommandLine({ usage: USAGE, names: FILES.names });
if (!findChromium()) {
  console.error(NO_CHROMIUM);
  process.exit(2);
}
process.exitCode = runTests(FILES.paths(positionals), { timeoutMs: 180_000 });
