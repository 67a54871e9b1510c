import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { runTests } from '../support/run-tests.ts';
import { testFiles } from '../support/test-files.ts';
import { KINDS } from './settings.ts';
import { toEnvironment } from './support/choice.ts';

const FILES = testFiles(import.meta.dirname);
const USAGE = `npm run test:settings -- [--one-of-each] [kind ...]

Tests whether npm start, the set-up of this project, and the tests still work if your shell sets variables such as NODE_OPTIONS. The
command tries one setting after the other, which takes about a quarter of an hour.

  kind            tries only settings of these kinds: ${KINDS.join(', ')}
  --one-of-each   tries only the first setting of each kind`;

const { values, positionals } = readCommandLine({
  usage: USAGE,
  names: KINDS,
  options: { 'one-of-each': { type: 'boolean', default: false } },
});

const choice = { kinds: positionals, oneOfEach: values['one-of-each'] };
const env = { ...process.env, ...toEnvironment(choice) };
process.exitCode = runTests(FILES.paths([]), { timeoutMs: 600_000, env, failsOnLeak: true });
