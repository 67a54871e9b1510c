import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readCommandLine } from '@beyond-headers/local-process/command-line';

readCommandLine({
  usage: `npm run test:mutation

Finds code of packages/propagation that no test checks. Stryker, a tool for mutation testing, makes one small change to the code at a
time, and runs the tests. The command fails if the tests notice less than 90 % of the changes. It installs Stryker in tests/mutation.`,
  options: {},
});

const HERE = import.meta.dirname;
const STRYKER = join(HERE, 'node_modules/@stryker-mutator/core/bin/stryker.js');

run('npm', ['ci', '--prefix', HERE], HERE);
run(
  process.execPath,
  [STRYKER, 'run', join(HERE, 'stryker.config.json')],
  join(HERE, '../../packages/propagation'),
);

function run(command: string, args: string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
