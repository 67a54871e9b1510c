import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readCommandLine } from '@beyond-headers/local-process/command-line';

readCommandLine({
  usage: `npm run test:mutation

Changes the code of packages/propagation in every way that Stryker knows, one at a time, and counts the changes that no test notices. Fails
below 90 %. Stryker is installed here, in tests/mutation, for this alone.`,
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
