/** What the package.json of a package does not say of how it is published. */
export interface Recipe {
  /** As CommonJS too, for those who still require. */
  commonjs: boolean;
  /** Modules that are started by their path: nothing imports them. */
  programs: string[];
  /** Subpaths that are for this repository alone. */
  internal: string[];
  /** Files beside the code, which others may read by their name. */
  files: string[];
}

/** The packages that others install. To add one, add a row; its own package.json says the rest. */
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
