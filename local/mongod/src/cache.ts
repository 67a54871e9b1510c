import { randomUUID } from 'node:crypto';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { run } from './run.ts';

const VERSION_TIMEOUT_MS = 10_000;

/** Directory for downloaded programs. */
export const CACHE_DIRECTORY = join(ROOT, '.local', 'mongod');

/** Returns the path of the only program in the cache. The file may be missing. */
export const cachedProgram = (cacheDirectory: string): string => join(cacheDirectory, 'mongod');

/** Returns the path of a mongod. Throws if the program can't run on this machine, or isn't a mongod. */
export async function runnable(program: string): Promise<string> {
  const output = await run(program, ['--version'], VERSION_TIMEOUT_MS);
  if (/db version \S/.test(output)) return program;
  throw new Error(`\`${program} --version\` answered ${JSON.stringify(output.slice(0, 80))}`);
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
    const path = cachedProgram(cacheDirectory);
    await rename(await runnable(program), path);
    return path;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
