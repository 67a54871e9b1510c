import { posix } from 'node:path';
import { IMPORTED, type PageModule } from '../page-modules.ts';

/** The entry module of the recorded page, by its name in the import map. */
export const MAIN = 'assets/browser/recorded/main.ts';

/**
 * Returns an import map: the names of the modules, each with a data URL of its code. A page that is opened from a file can't load
 * modules from other files. In a data URL, imports can't be relative, so each one uses the name in the map.
 */
export function asImportMap(modules: readonly PageModule[]): Record<string, string> {
  return Object.fromEntries(modules.map((module) => [nameOf(module.url), toDataUrl(module)]));
}

function toDataUrl({ url, code }: PageModule): string {
  const named = code.replaceAll(IMPORTED, (_, before: string, specifier: string) => {
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(url), specifier) : specifier;
    return `${before}'${nameOf(target)}';`;
  });
  return `data:text/javascript;base64,${Buffer.from(named).toString('base64')}`;
}

const nameOf = (url: string): string => url.slice(1);
