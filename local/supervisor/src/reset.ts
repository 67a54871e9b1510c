import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { RUNS_DIRECTORY } from './local-system.ts';
import { ROOT } from './processes.ts';
import { runningSystems } from './run-directory.ts';

const STATE = join(ROOT, '.local');
const DOWNLOADS = 'mongod';

const running = await runningSystems(RUNS_DIRECTORY);
if (running.length > 0) {
  const pids = running.map(({ pid }) => pid);
  console.error(
    `Failed to reset: a system runs with pid ${pids.join(', ')}. Stop it with Ctrl-C or \`kill ${pids.join(' ')}\`.`,
  );
  process.exitCode = 1;
} else {
  const all = process.argv.includes('--all');
  const names = (await readdir(STATE).catch(() => [])).filter((name) => all || name !== DOWNLOADS);
  for (const name of names) await rm(join(STATE, name), { recursive: true, force: true });
  console.log(names.length > 0 ? `Deleted .local/{${names.join(',')}}.` : 'Nothing to delete.');
}
