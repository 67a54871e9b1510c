import { randomUUID } from 'node:crypto';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { run } from './run.ts';

const VERSION_TIMEOUT_MS = 10_000;

/** Directory for downloaded programs: `.local/mongod` of this project. */
export const CACHE_DIRECTORY = join(import.meta.dirname, '..', '..', '..', '.local', 'mongod');

/** Returns the path of the only program in the cache. The file may be missing. */
export function cachedProgram(cacheDirectory: string): string {
  return join(cacheDirectory, 'mongod');
}

/** Runs `mongod --version`; returns e.g. `v6.0.5`, throws when the program cannot run on this machine. */
export async function mongodVersion(program: string): Promise<string> {
  const output = await run(program, ['--version'], VERSION_TIMEOUT_MS);
  const version = /db version (\S+)/.exec(output)?.[1];
  if (!version) throw new Error(`\`${program} --version\` answered ${JSON.stringify(output.slice(0, 80))}`);
  return version;
}

/**
 * Fills the cache with a program. `fetch` puts it into the given temporary directory, and returns its path. The program is run once before
 * it is moved into the cache. So concurrent or killed processes never leave a broken program there.
 */
export async function fillCache(
  cacheDirectory: string,
  fetch: (directory: string) => Promise<string>,
): Promise<string> {
  const temporary = join(cacheDirectory, `fetch-${process.pid}-${randomUUID()}`);
  await mkdir(temporary, { recursive: true });
  try {
    const program = await fetch(temporary);
    await chmod(program, 0o755);
    await mongodVersion(program);
    await rename(program, cachedProgram(cacheDirectory));
    return cachedProgram(cacheDirectory);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
