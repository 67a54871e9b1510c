import { BASES, type BaseName } from './base.ts';

/** The arguments of `npm run test:docs`, which the test processes get through the environment. */
export interface Settings {
  base: BaseName;
  /** Whether to write the output into the pages instead of comparing it. */
  update: boolean;
  /** Parts of the names of the pages to run. If empty, all pages run. */
  pages: string[];
}

export const toEnvironment = (settings: Settings) => ({ DOCS_TEST: JSON.stringify(settings) });

export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const given = JSON.parse(env['DOCS_TEST'] ?? '{}') as Partial<Settings>;
  return { base: 'local', update: false, pages: [], ...given };
}

export function isBaseName(name: string): name is BaseName {
  return (BASES as readonly string[]).includes(name);
}
