import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { runToEnd } from '../../../support/run-to-end.ts';

const PROGRAMS = join(import.meta.dirname, 'programs');

/** Commit of the earlier build with which the queue is compared. */
export const EARLIER = '42fbf57';

/** Installs the programs of the other queues, with the packages that their lock file pins, in a folder that later runs reuse. */
export async function installPeers(): Promise<string> {
  const lock = await readFile(join(PROGRAMS, 'package-lock.json'));
  const folder = await installed(
    `peers-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`,
    (to) => cp(PROGRAMS, to, { recursive: true }),
  );
  await cp(PROGRAMS, folder, { recursive: true });
  return folder;
}

/** Installs the earlier build of this project. Resolves with undefined if the clone's history lacks its commit. */
export async function installEarlier(): Promise<string | undefined> {
  const known = spawnSync('git', ['cat-file', '-e', `${EARLIER}^{commit}`], { cwd: ROOT });
  if (known.status !== 0) return undefined;
  return installed(EARLIER, async (to) => {
    await mkdir(to);
    runToEnd(['git', 'archive', '--output', `${to}.tar`, EARLIER], { cwd: ROOT });
    runToEnd(['tar', '--extract', '--file', `${to}.tar`], { cwd: to });
    await rm(`${to}.tar`);
  });
}

/** Renames the folder only when it is complete, so that a later run never uses the folder of an interrupted one. */
async function installed(name: string, write: (to: string) => Promise<void>): Promise<string> {
  const folder = join(ROOT, '.local', 'bench', name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(join(folder, '..'), { recursive: true });
  await write(unfinished);
  console.log(`  installing ${name} …`);
  runToEnd(['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: unfinished,
  });
  await rename(unfinished, folder);
  return folder;
}
