import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { runningSystems } from './run-directory.ts';

/** What to delete in addition to the orders, each only on request. */
export interface Forget {
  /** What can be downloaded or built again. */
  downloads?: boolean | undefined;
  /** Code that the reader of the tutorial wrote. */
  tutorial?: boolean | undefined;
  /** Everything, including what no other option covers. */
  all?: boolean | undefined;
}

const STATE_OF_RUNS = ['run', 'kubeconfig', 'env'];
const DOWNLOADS = ['mongod', 'compile-cache', 'python-job', 'go-job'];
const TUTORIAL = ['tutorial'];

/** Lists what it deletes from a `.local`, then deletes it. While a system runs from it, throws and deletes nothing. */
export async function forget(
  directory: string,
  { downloads, tutorial, all }: Forget,
  say: (line: string) => void,
): Promise<void> {
  const pids = (await runningSystems(join(directory, 'run'))).map(({ pid }) => pid);
  if (pids.length > 0) {
    throw new Error(
      `Failed to reset: a system is running with pid ${pids.join(', ')}. Stop it with Ctrl-C or \`kill ${pids.join(' ')}\`.`,
    );
  }
  const wanted = [...STATE_OF_RUNS, ...(downloads ? DOWNLOADS : []), ...(tutorial ? TUTORIAL : [])];
  const there = (await readdir(directory).catch((): string[] => [])).toSorted();
  const names = there.filter((name) => all || wanted.includes(name));
  const kept = there.filter((name) => !names.includes(name));
  if (names.length === 0) say('There is nothing to delete.');
  else say(`Deleting ${names.map((name) => `.local/${name}`).join(', ')}.`);
  if (kept.length > 0) say(`Keeping ${kept.map((name) => `.local/${name}`).join(', ')} (--help).`);
  for (const name of names) await rm(join(directory, name), { recursive: true, force: true });
}
