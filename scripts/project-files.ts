import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';

/* The files of this project. All paths are relative to its root. */

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export const isThere = (path: string): boolean => existsSync(join(ROOT, path));

/** Returns the files that match a pattern, sorted, without those that are installed or built. */
export const find = (...patterns: string[]): string[] =>
  globSync(patterns, { cwd: ROOT, exclude: ['**/node_modules/**', '.local/**', '**/dist/**'] }).toSorted();
