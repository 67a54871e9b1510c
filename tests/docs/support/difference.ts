import { diff } from 'node:util';

/** Returns the differences as a line diff: `-` is only in `expected`, `+` only in `actual`. Returns an empty string if they are equal. */
export function difference(expected: string, actual: string): string {
  if (expected === actual) return '';
  const lines: string[] = [];
  // In each change, the removed lines come before the added ones.
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
