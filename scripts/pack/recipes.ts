import { read } from '../project-files.ts';

/** How to publish a package, as far as its package.json doesn't define it. */
export interface Recipe {
  /** Whether to also publish CommonJS, for projects that use `require`. */
  commonjs: boolean;
  /** Modules that are started by path, and that no module imports. */
  programs: string[];
  /** Subpaths that only this repository uses. */
  internal: string[];
  /** Files besides the code that users can read by name. */
  files: string[];
}

/** The published packages. To add one, add a row. Its package.json defines the rest. */
export const RECIPES = {
  propagation: { commonjs: true, programs: [], internal: [], files: [] },
  telemetry: {
    commonjs: false,
    programs: ['src/export/post-spans.ts'],
    internal: ['./variables'],
    files: [],
  },
  traces: { commonjs: true, programs: [], internal: [], files: ['tree.schema.json', 'lint.schema.json'] },
} satisfies Record<string, Recipe>;

export type PackageName = keyof typeof RECIPES;

export const PACKAGE_NAMES = Object.keys(RECIPES) as PackageName[];

/** Returns the version that all packages share (`fixed` in .changeset/config.json). */
export const sharedVersion = (): string =>
  (JSON.parse(read('packages/propagation/package.json')) as { version: string }).version;
