import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { buildPackage } from '../pack/build-package.ts';
import { PACKAGE_NAMES } from '../pack/recipes.ts';

/** Inside the repository, so that the compiler finds the types of dependencies. */
const PARENT = join(ROOT, '.local/api');

let builds: Promise<string> | undefined;

/** Builds all packages once, and returns the folder with one subfolder for each. The folder is deleted when the process ends. */
export function packageBuilds(): Promise<string> {
  return (builds ??= buildAll());
}

async function buildAll(): Promise<string> {
  mkdirSync(PARENT, { recursive: true });
  const folder = mkdtempSync(join(PARENT, 'packages-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const name of PACKAGE_NAMES) await buildPackage(name, join(folder, name));
  return folder;
}
