import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';

/** Writes a file that a page asks the reader to write. */
export function writeInto(path: string, text: string): void {
  const file = join(ROOT, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${text}\n`);
}

/** Applies a `diff` block to a file. Lines that start with `@@` separate its parts, and each part must match exactly one place. */
export function applyDiff(path: string, text: string): void {
  const file = join(ROOT, path);
  writeFileSync(file, patch(readFileSync(file, 'utf8'), text, path));
}

/** Returns the changed text. Throws if a part matches no place or several places. */
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

/** Returns one side of a hunk, without the lines of the other side. */
function side(hunk: string, other: '+' | '-'): string {
  const lines = hunk
    .replace(/\n$/, '')
    .split('\n')
    .filter((line) => !line.startsWith(other));
  return `${lines.map((line) => line.slice(1)).join('\n')}\n`;
}
