import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

interface ModulePlace {
  /** The path at which it is served. */
  url: string;
  file: string;
}

export interface PageModule extends ModulePlace {
  code: string;
}

/** Matches an import or a re-export, as oxlint and Prettier leave it. The groups are the text before the specifier, and the specifier. */
export const IMPORTED = /^(import |(?:import|export)\b[^'";]*\bfrom )'([^']+)';$/gm;

/**
 * Returns the modules that a page needs, each once, as JavaScript: the entries and everything that they import. Types are only
 * stripped, as in Node.js. Imports of this project's packages are replaced with URLs, because a browser doesn't know packages.
 * Throws an `Error` for an import that a page can't have.
 */
export function loadModules(entries: readonly ModulePlace[]): PageModule[] {
  const modules = new Map<string, PageModule>();
  const wanted = [...entries];
  for (let place = wanted.pop(); place; place = wanted.pop()) {
    if (modules.has(place.url)) continue;
    const { module, imports } = loadModule(place);
    modules.set(place.url, module);
    wanted.push(...imports);
  }
  return [...modules.values()];
}

function loadModule(place: ModulePlace): { module: PageModule; imports: ModulePlace[] } {
  const imports: ModulePlace[] = [];
  const stripped = stripTypeScriptTypes(readFileSync(place.file, 'utf8'), { mode: 'strip' });
  const code = stripped.replaceAll(IMPORTED, (_, before: string, specifier: string) => {
    const imported = resolveImport(specifier, place);
    imports.push(imported);
    return `${before}'${specifier.startsWith('.') ? specifier : imported.url}';`;
  });
  return { module: { ...place, code: withoutBlank(code) }, imports };
}

const OWN_PACKAGES = '@beyond-headers/';

function resolveImport(specifier: string, { url, file }: ModulePlace): ModulePlace {
  if (specifier.startsWith('.'))
    return { url: posix.join(posix.dirname(url), specifier), file: join(dirname(file), specifier) };
  if (specifier.startsWith(OWN_PACKAGES)) return packagedModule(specifier);
  throw new Error(
    `Failed to load ${file} for a page: it imports ${JSON.stringify(specifier)}. Expected a file beside it or a package of ${OWN_PACKAGES}.`,
  );
}

/** Returns the module's place in its package, such as `/assets/@beyond-headers/traces/src/draw/index.ts`. */
function packagedModule(specifier: string): ModulePlace {
  const file = fileURLToPath(import.meta.resolve(specifier));
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  const [scope, name] = specifier.split('/');
  return {
    file,
    url: posix.join('/assets', `${scope}`, `${name}`, ...relative(folder, file).split(/[\\/]/)),
  };
}

/** Removes spaces at the ends of lines and extra blank lines, which stripped types leave behind. */
function withoutBlank(code: string): string {
  return code.replaceAll(/[^\S\n]+$/gm, '').replaceAll(/\n{3,}/g, '\n\n');
}
