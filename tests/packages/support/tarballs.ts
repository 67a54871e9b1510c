import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from '../../../scripts/pack/pack.ts';
import { PACKAGE_NAMES, type PackageName } from '../../../scripts/pack/recipes.ts';

const FOLDER = join(import.meta.dirname, '../../../.local/packages/tarballs');
const LIST = 'PACKAGES_TEST_TARBALLS';

/** Builds the tarballs that are tested, once for all test files, and gives the environment that names them. */
export async function packAll(): Promise<NodeJS.ProcessEnv> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const paths: Partial<Record<PackageName, string>> = {};
  for (const name of PACKAGE_NAMES) paths[name] = (await pack(name, FOLDER)).path;
  return { [LIST]: JSON.stringify(paths) };
}

/** What a project writes into its `dependencies` to have a package as it is published. */
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
