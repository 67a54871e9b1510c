import { diff } from 'node:util';

/** The lines of two texts as people read a change: `-` only in the first, `+` only in the second; '' when they are the same. */
export function difference(expected: string, actual: string): string {
  if (expected === actual) return '';
  const lines: string[] = [];
  // Within a change, what was there comes before what is there now.
  let added: string[] = [];
  for (const [operation, line] of diff(actual.split('\n'), expected.split('\n'))) {
    if (operation === 1) added.push(`+ ${line}`);
    else if (operation === -1) lines.push(`- ${line}`);
    else {
      lines.push(...added, `  ${line}`);
      added = [];
    }
  }
  return [...lines, ...added].join('\n');
}
