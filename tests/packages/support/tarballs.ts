import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from '../../../scripts/pack/pack.ts';
import { PACKAGE_NAMES, type PackageName } from '../../../scripts/pack/recipes.ts';

const FOLDER = join(import.meta.dirname, '../../../.local/packages/tarballs');
const LIST = 'PACKAGES_TEST_TARBALLS';

/** Builds the tarballs to test, once for all test files. Returns the environment variable with their paths. */
export async function packAll(): Promise<NodeJS.ProcessEnv> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const paths: Partial<Record<PackageName, string>> = {};
  for (const name of PACKAGE_NAMES) paths[name] = (await pack(name, FOLDER)).path;
  return { [LIST]: JSON.stringify(paths) };
}

/** Returns the `dependencies` with which a project installs packages as they are published. */
export function tarballs(...names: PackageName[]): Record<string, string> {
  const paths = JSON.parse(process.env[LIST] ?? '{}') as Partial<Record<PackageName, string>>;
  return Object.fromEntries(
    names.map((name) => {
      const path = paths[name];
      if (!path) throw new Error(`No tarball of ${name}. Run: npm run test:packages`);
      return [`@beyond-headers/${name}`, `file:${path}`];
    }),
  );
}
