import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';

/** Root of this project. */

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Paths of the project's pages, from its root. */
export function pages(...patterns: string[]): string[] {
  return globSync(patterns, { cwd: ROOT, exclude: ['**/node_modules/**', '.local/**'] }).toSorted();
}

/** A link of a page to a file of this project. */
export interface FileLink {
  page: string;
  text: string;
  /** From the root of the project, without an anchor. */
  path: string;
}

const LINK = /\[(?<text>(?:`[^`]*`|[^\]`])+)\]\((?<target>[^)\s]+)\)/g;

/** The links of a page to files of this project; what stands in blocks of code is none. */
export function fileLinks(page: string): FileLink[] {
  const text = read(page).replaceAll(/^```.*?^```$/gms, '');
  return Array.from(text.matchAll(LINK), ({ groups }) => groups ?? {}).flatMap(
    ({ text: label = '', target = '' }) =>
      /^(?:[a-z]+:|#)/.test(target)
        ? []
        : [{ page, text: label, path: normalize(join(dirname(page), target.replace(/#.*/, ''))) }],
  );
}
