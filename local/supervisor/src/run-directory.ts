import { execFile } from 'node:child_process';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { isAlive } from '@beyond-headers/local-process';

const LOCK = 'supervisor.json';
const TEMPORARY = 'pid-';

/** The directory of a running system, locked until `release`. */
export interface RunDirectory {
  path: string;
  /** Whether an earlier run ended without cleaning up. */
  wasCrashed: boolean;
  release(): Promise<void>;
}

interface Owner {
  pid: number;
  /** When the process started, which distinguishes the owner from a later process with the same pid. */
  started: string;
}

/** Returns the id of a run whose directory is deleted when the run ends. */
export function temporaryRunId(): string {
  return `${TEMPORARY}${process.pid}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
}

/** Returns the id of a run by its port, so that a later run on the same port finds its data. Returns no id for port 0, any free port. */
export function runIdOf(port: number): { runId?: string } {
  return port === 0 ? {} : { runId: `port-${port}` };
}

/**
 * Locks `<runsDirectory>/<id>` for this process, and deletes the directories of crashed temporary runs. Throws an error with the
 * pid if another process holds the lock.
 */
export async function takeRunDirectory(runsDirectory: string, id: string): Promise<RunDirectory> {
  await removeCrashed(runsDirectory);
  const path = join(runsDirectory, id);
  await mkdir(path, { recursive: true });
  const wasCrashed = await lock(path);
  return {
    path,
    wasCrashed,
    release: () => rm(id.startsWith(TEMPORARY) ? path : join(path, LOCK), { recursive: true, force: true }),
  };
}

/** Returns the ids and pids of all running systems. */
export async function runningSystems(runsDirectory: string): Promise<{ id: string; pid: number }[]> {
  const running: { id: string; pid: number }[] = [];
  for (const id of await readdir(runsDirectory).catch(() => [])) {
    const pid = await ownerOf(join(runsDirectory, id));
    if (pid !== undefined) running.push({ id, pid });
  }
  return running;
}

async function removeCrashed(runsDirectory: string): Promise<void> {
  const running = new Set((await runningSystems(runsDirectory)).map(({ id }) => id));
  for (const id of await readdir(runsDirectory).catch(() => [])) {
    if (!id.startsWith(TEMPORARY) || running.has(id)) continue;
    // A run that is starting has a directory before it has a lock. Its process is alive.
    const pid = Number(id.slice(TEMPORARY.length).split('-')[0]);
    if (!isAlive(pid)) await rm(join(runsDirectory, id), { recursive: true, force: true });
  }
}

async function lock(path: string): Promise<boolean> {
  if (await tryLock(path)) return false;
  const pid = await ownerOf(path);
  if (pid !== undefined) {
    throw new Error(
      `Failed to start the local system: one is already running, with pid ${pid} (${path}). ` +
        `Stop it with Ctrl-C or \`kill ${pid}\`, or start this one on other ports.`,
    );
  }
  await rm(join(path, LOCK), { force: true });
  await lock(path);
  return true;
}

async function tryLock(path: string): Promise<boolean> {
  const owner: Owner = { pid: process.pid, started: await startOf(process.pid) };
  const written = join(path, `${LOCK}.${process.pid}`);
  await writeFile(written, JSON.stringify(owner));
  try {
    // A hard link appears together with its content, so no process reads a half-written lock.
    await link(written, join(path, LOCK));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(written, { force: true });
  }
}

async function ownerOf(path: string): Promise<number | undefined> {
  const text = await readFile(join(path, LOCK), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { pid, started } = JSON.parse(text) as Owner;
    return isAlive(pid) && (await startOf(pid)) === started ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Returns when a process started, as `ps` prints it. Without `ps`, returns an empty string. */
async function startOf(pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], {
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  }).catch(() => ({ stdout: '' }));
  return stdout.trim();
}
