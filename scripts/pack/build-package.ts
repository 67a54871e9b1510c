import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { build, type InlineConfig } from 'tsdown';
import { publicModules, publishedManifest, type Repository, type SourceManifest } from './manifest.ts';
import { RECIPES, type PackageName, type Recipe } from './recipes.ts';

/**
 * Writes a publishable package into an empty folder: JavaScript and types, as ES modules and where the recipe says so as CommonJS,
 * with a package.json of its own. The workspace itself runs from the source and needs none of it.
 *
 * @throws {Error} when the compiler finds an error, or a module imports what package.json does not name
 */
export async function buildPackage(name: PackageName, target: string): Promise<void> {
  const recipe: Recipe = RECIPES[name];
  const source = join(ROOT, 'packages', name);
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as SourceManifest;
  const modules = publicModules(manifest, recipe).map(([, path]) => path);
  const programs = [...Object.values(manifest.bin ?? {}), ...recipe.programs];
  mkdirSync(target, { recursive: true });
  const compile = (format: 'esm' | 'cjs', entry: string[]) =>
    build({ ...COMPILER, cwd: source, outDir: join(target, 'dist'), format, entry });
  await compile('esm', [...modules, ...programs]);
  if (recipe.commonjs) await compile('cjs', modules);
  const published = publishedManifest(manifest, recipe, repositoryOf(name));
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  for (const file of ['README.md', ...recipe.files]) cpSync(join(source, file), join(target, file));
  cpSync(join(ROOT, 'LICENSE'), join(target, 'LICENSE'));
}

/** The target is taken from `engines` of the package. */
const COMPILER: InlineConfig = {
  config: false,
  // The compiler takes its folder as the root of the sources.
  tsconfig: join(ROOT, 'tsconfig.pack.json'),
  platform: 'node',
  dts: true,
  // A file for each module: what is patched, or started by its path, is found again.
  unbundle: true,
  fixedExtension: true,
  // A dependency that package.json does not name would be copied in.
  deps: { onlyBundle: [] },
  clean: false,
  logLevel: 'error',
};

/** Known where GitHub runs the build, so that a fork's package names the fork. */
function repositoryOf(name: PackageName): Repository | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;
  if (!server || !repository) return undefined;
  return { type: 'git', url: `git+${server}/${repository}.git`, directory: `packages/${name}` };
}
