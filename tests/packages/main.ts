import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { npmEnvironment } from '../../scripts/setup/npm.mjs';
import { runTests } from '../support/run-tests.ts';
import { testFiles } from '../support/test-files.ts';
import { ONE_OF_EACH } from './support/choice.ts';
import { packAll } from './support/tarballs.ts';

const FILES = testFiles(import.meta.dirname);
const USAGE = `npm run test:packages -- [--one-of-each] [file ...]

Builds the packages with npm run pack, installs them in new projects, and tests them there with several package managers, versions of
Node.js, compilers, and SDKs. It also runs the code of the how-tos. It needs a package registry, and takes half an hour.

  file            runs only these test files: ${FILES.names.join(', ')}
  --one-of-each   tests only the first package manager, the first version, and so on; takes a few minutes`;

const { values, positionals } = readCommandLine({
  usage: USAGE,
  names: FILES.names,
  options: { 'one-of-each': { type: 'boolean', default: false } },
});

// `npm run --silent` passes on its log level. Without this, a failed installation would print no reason.
const env = {
  ...npmEnvironment(process.env),
  ...(await packAll()),
  ...(values['one-of-each'] && { [ONE_OF_EACH]: 'on' }),
};
process.exitCode = runTests(FILES.paths(positionals), { timeoutMs: 900_000, env });
