import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Returns the paths of the project's pages, relative to the root. */
export function pages(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: ROOT, exclude: ['**/node_modules/**', '.local/**'] }).toSorted();
}

/** A link from a page to a file of this project. */
export interface FileLink {
  page: string;
  text: string;
  /** Relative to the root of the project, without the anchor. */
  path: string;
}

const LINK = /\[(?<text>(?:`[^`]*`|[^\]`])+)\]\((?<target>[^)\s]+)\)/g;

/** Returns the links from a page to files of this project. Ignores links in fenced code blocks. */
export function fileLinks(page: string): FileLink[] {
  const text = read(page).replaceAll(/^```.*?^```$/gms, '');
  return Array.from(text.matchAll(LINK), ({ groups }) => groups ?? {}).flatMap(
    ({ text: label = '', target = '' }) =>
      /^(?:[a-z]+:|#)/.test(target)
        ? []
        : [{ page, text: label, path: normalize(join(dirname(page), target.replace(/#.*/, ''))) }],
  );
}
