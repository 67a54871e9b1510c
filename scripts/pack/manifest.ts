import type { Recipe } from './recipes.ts';

/** A package.json of the workspace. Its `exports` and `bin` point to TypeScript files. */
export interface SourceManifest {
  name: string;
  version: string;
  exports: Record<string, string>;
  bin?: Record<string, string>;
  /** The modules that have side effects when they are imported. */
  sideEffects: false | string[];
  [field: string]: unknown;
}

/** The repository that a build comes from. npm compares it with the repository in the package's provenance. */
export interface Repository {
  type: 'git';
  url: string;
  directory: string;
}

/** Fields that matter only in this repository. */
const WORKSPACE_ONLY = new Set(['private', 'devDependencies']);

/** Returns the public modules of a package, as pairs of subpath and path. */
export function publicModules({ exports }: SourceManifest, { internal }: Recipe): [string, string][] {
  return Object.entries(exports).filter(([subpath]) => !internal.includes(subpath));
}

/** Returns the package.json to publish: its paths point to the build, and it omits fields that only matter in the workspace. */
export function publishedManifest(
  source: SourceManifest,
  recipe: Recipe,
  repository: Repository | undefined,
): object {
  const modules = publicModules(source, recipe);
  const main = source.exports['.'] ?? '';
  const format = recipe.commonjs ? 'cjs' : 'mjs';
  const others = modules.filter(([subpath]) => subpath !== '.');
  return {
    ...Object.fromEntries(Object.entries(source).filter(([field]) => !WORKSPACE_ONLY.has(field))),
    ...(repository && { repository }),
    sideEffects: source.sideEffects && source.sideEffects.map((path) => built(path, 'mjs')),
    main: built(main, format),
    types: declared(main, format),
    // TypeScript ignores `exports` with moduleResolution node10.
    ...(others.length > 0 && {
      typesVersions: {
        '*': Object.fromEntries(
          others.map(([subpath, path]) => [subpath.slice(2), [declared(path, format)]]),
        ),
      },
    }),
    exports: {
      ...Object.fromEntries(modules.map(([subpath, path]) => [subpath, entryPoint(path, recipe)])),
      ...Object.fromEntries([...recipe.files, 'package.json'].map((file) => [`./${file}`, `./${file}`])),
    },
    ...(source.bin && { bin: mapValues(source.bin, (path) => built(path, 'mjs')) }),
    files: ['dist', ...recipe.files],
  };
}

function entryPoint(path: string, { commonjs }: Recipe): object {
  const as = (format: Format) => ({ types: declared(path, format), default: built(path, format) });
  return commonjs ? { import: as('mjs'), require: as('cjs') } : as('mjs');
}

type Format = 'mjs' | 'cjs';

/** Returns the path of the compiled file, for example `./dist/cli.mjs` for `./src/cli.ts`. */
const built = (path: string, format: Format): string =>
  path.replace(/^\.\/src\//, './dist/').replace(/\.ts$/, `.${format}`);

const declared = (path: string, format: Format): string => built(path, format).replace(/\.(.)js$/, '.d.$1ts');

const mapValues = (of: Record<string, string>, change: (value: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value)]));
