import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine, refuse } from '@beyond-headers/local-process/command-line';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Recipe {
  /** Modules beside those of `exports` that others enter by; what these import comes with them. */
  entries: string[];
  /** As CommonJS too, for those who still require. */
  commonjs: boolean;
  /** Files beside the code. */
  files: string[];
}

/** The packages that others can install. To add one, add a row; its own package.json says the rest. */
const RECIPES = {
  propagation: { entries: [], commonjs: true, files: [] },
  traces: { entries: ['cli.ts'], commonjs: false, files: ['tree.schema.json'] },
} satisfies Record<string, Recipe>;

export type PackageName = keyof typeof RECIPES;

/** What is in a published package.json and comes from the workspace's own. */
interface Manifest {
  name: string;
  version: string;
  license: string;
  description: string;
  exports: Record<string, string>;
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/**
 * Writes a publishable package to a folder: JavaScript and types, as ES modules and where the recipe says so as CommonJS, with a
 * package.json of its own. The workspace itself runs from the source and needs none of it.
 *
 * @throws {Error} when the compiler finds an error
 */
export function buildPackage(name: PackageName, target: string): void {
  const recipe: Recipe = RECIPES[name];
  const source = join(root, 'packages', name);
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest;
  const exported = Object.values(manifest.exports).map((path) => path.replace('./src/', ''));
  const entries = [...exported, ...recipe.entries];
  rmSync(target, { recursive: true, force: true });
  for (const folder of recipe.commonjs ? (['esm', 'cjs'] as const) : (['esm'] as const)) {
    mkdirSync(join(target, folder), { recursive: true });
    compile(source, entries, join(target, folder), folder === 'esm' ? 'nodenext' : 'commonjs');
    writeJson(join(target, folder, 'package.json'), { type: folder === 'esm' ? 'module' : 'commonjs' });
  }
  for (const path of Object.values(builtBin(manifest) ?? {})) chmodSync(join(target, path), 0o755);
  writeJson(join(target, 'package.json'), publishedManifest(manifest, recipe));
  for (const file of ['README.md', ...recipe.files]) cpSync(join(source, file), join(target, file));
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
}

function compile(source: string, entries: string[], outDir: string, module: 'nodenext' | 'commonjs'): void {
  const config = join(outDir, 'tsconfig.json');
  writeJson(config, {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      outDir,
      rootDir: join(source, 'src'),
      noEmit: false,
      declaration: true,
      typeRoots: [join(root, 'node_modules/@types')],
      // An ES module that is compiled to CommonJS is not verbatim any more.
      ...(module === 'commonjs' && { module, moduleResolution: 'bundler', verbatimModuleSyntax: false }),
    },
    files: entries.map((entry) => join(source, 'src', entry)),
  });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', config], { encoding: 'utf8' });
  rmSync(config);
  if (status !== 0) throw new Error(`Failed to compile ${source}:\n${stdout}`);
}

function publishedManifest(manifest: Manifest, { commonjs, files }: Recipe): object {
  const { name, version, license, description, dependencies, peerDependencies } = manifest;
  const bin = builtBin(manifest);
  return {
    name,
    version,
    license,
    description,
    exports: {
      ...Object.fromEntries(
        Object.entries(manifest.exports).map(([subpath, path]) => [subpath, entryPoint(path, commonjs)]),
      ),
      ...Object.fromEntries(files.map((file) => [`./${file}`, `./${file}`])),
    },
    ...(commonjs && { main: './cjs/index.js' }),
    types: `./${commonjs ? 'cjs' : 'esm'}/index.d.ts`,
    ...(bin && { bin }),
    sideEffects: false,
    engines: { node: '>=20' },
    ...(dependencies && { dependencies }),
    ...(peerDependencies && { peerDependencies }),
  };
}

/** Where a module of the source is in the package, for whoever imports it and where the recipe says so for whoever requires it. */
function entryPoint(path: string, commonjs: boolean): object {
  const built = (folder: string) => {
    const module = path.replace('./src/', `./${folder}/`).replace(/\.ts$/, '');
    return { types: `${module}.d.ts`, default: `${module}.js` };
  };
  return commonjs ? { import: built('esm'), require: built('cjs') } : built('esm');
}

/** `./src/cli.ts` is `./esm/cli.js` once it is built. */
function builtBin({ bin }: Manifest): Record<string, string> | undefined {
  if (!bin) return undefined;
  const built = Object.entries(bin).map(([name, path]) => [
    name,
    path.replace('./src/', './esm/').replace(/\.ts$/, '.js'),
  ]);
  return Object.fromEntries(built) as Record<string, string>;
}

function writeJson(path: string, content: object): void {
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}

const isPackageName = (name: string): name is PackageName => name in RECIPES;

if (import.meta.main) {
  const usage = `node scripts/build-package.ts NAME [FOLDER]

Builds a package for \`npm pack\`: ${Object.keys(RECIPES).join(', ')}. FOLDER: packages/NAME/dist.`;
  const [name = '', folder] = readCommandLine({ usage, names: 'any' }).positionals;
  if (!isPackageName(name)) {
    const expected = Object.keys(RECIPES).join(', ');
    refuse(`Unknown name ${JSON.stringify(name)}. Expected one of: ${expected}.`, usage);
  }
  const target = resolve(folder ?? join(root, 'packages', name, 'dist'));
  buildPackage(name, target);
  console.log(`${target}: ready for \`npm pack\``);
}
