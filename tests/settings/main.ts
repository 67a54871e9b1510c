import { spawnSync } from 'node:child_process';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
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

const args = [
  '--import',
  './scripts/fail-on-leak.ts',
  '--test',
  '--test-concurrency=1',
  '--test-timeout=600000',
  ...FILES.paths([]),
];
const choice = { kinds: positionals, oneOfEach: values['one-of-each'] };
const { status } = spawnSync(process.execPath, args, {
  stdio: 'inherit',
  env: { ...process.env, ...toEnvironment(choice) },
});
process.exitCode = status ?? 1;
