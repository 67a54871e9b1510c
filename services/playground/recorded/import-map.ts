import { posix } from 'node:path';
import { IMPORTED, type PageModule } from '../page-modules.ts';

/** The module that starts the recorded page, as the import map names it. */
export const MAIN = 'assets/browser/recorded/main.ts';

/**
 * Modules by their names, each as an address that holds its code. A page from a file may not load modules from files beside it; from
 * inside such an address nothing is relative, so each import goes by the name in the map.
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
