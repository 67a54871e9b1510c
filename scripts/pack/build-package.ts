import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { build, type InlineConfig } from 'tsdown';
import { repositoryUrl } from './krew-manifest.ts';
import { publicModules, publishedManifest, type Repository, type SourceManifest } from './manifest.ts';
import { RECIPES, type PackageName, type Recipe } from './recipes.ts';

/**
 * Writes a publishable package into an empty folder: JavaScript and types as ES modules, optionally also as CommonJS, and a
 * package.json. The workspace itself runs from the source, and doesn't need the build.
 *
 * @throws {Error} if the compiler finds an error, or a module imports a package that package.json doesn't name
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

/** The compiler reads the target from `engines` in the package.json. */
export const COMPILER: InlineConfig = {
  config: false,
  // The compiler treats the folder of this file as the root of the sources.
  tsconfig: join(ROOT, 'tsconfig.pack.json'),
  platform: 'node',
  dts: true,
  // One file for each module, so that the paths of patched modules and of programs stay the same.
  unbundle: true,
  fixedExtension: true,
  // Fails the build if a dependency is missing from package.json. By default, the compiler would bundle it.
  deps: { onlyBundle: [] },
  clean: false,
  logLevel: 'error',
};

function repositoryOf(name: PackageName): Repository | undefined {
  const address = repositoryUrl(process.env);
  return address ? { type: 'git', url: `git+${address}.git`, directory: `packages/${name}` } : undefined;
}
