import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { buildPackage } from '../pack/build-package.ts';
import { PACKAGE_NAMES } from '../pack/recipes.ts';

/** Below the repository, where the types of dependencies are found. */
const PARENT = join(ROOT, '.local/api');

let builds: Promise<string> | undefined;

/** The folder with all packages as they are published, each under its name: built once, and deleted when the process ends. */
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
