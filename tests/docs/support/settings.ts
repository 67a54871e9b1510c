import { BASES, type BaseName } from './base.ts';

/** What `npm run test:docs` was asked for, handed to the test processes in the environment. */
export interface Settings {
  base: BaseName;
  /** Write what was printed into the pages instead of comparing. */
  update: boolean;
  /** Parts of the names of the pages that are run; none means all. */
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
