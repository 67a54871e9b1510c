import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';

/** Writes a file that the reader writes. */
export function writeInto(path: string, text: string): void {
  const file = join(ROOT, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
}

/** Changes a file as a `diff` block says. Its parts, cut at lines that start with `@@`, must each fit in one place. */
export function applyDiff(path: string, text: string): void {
  const file = join(ROOT, path);
  writeFileSync(file, patch(readFileSync(file, 'utf8'), text, path));
}

/** Gives the text after the change. Throws when a part fits nowhere, or in several places. */
export function patch(before: string, diff: string, path: string): string {
  return diff
    .split(/^@@.*\n/m)
    .filter((hunk) => hunk.trim() !== '')
    .reduce((content, hunk) => {
      const old = side(hunk, '+');
      const places = content.split(old).length - 1;
      if (places !== 1)
        throw new Error(`the change fits ${places} places in ${path}, expected one:\n${hunk}`);
      return content.replace(old, () => side(hunk, '-'));
    }, before);
}

/** One side of a change: its lines without those of the other. */
function side(hunk: string, other: '+' | '-'): string {
  const lines = hunk
    .replace(/\n$/, '')
    .split('\n')
    .filter((line) => !line.startsWith(other));
  return `${lines.map((line) => line.slice(1)).join('\n')}\n`;
}
