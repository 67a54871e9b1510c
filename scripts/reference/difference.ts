import { diff } from 'node:util';

/** The number of unchanged lines around a change. */
const CONTEXT = 2;

/** Returns the differences between two texts, or an empty text if they are equal. `-` marks an actual line, `+` an expected one. */
export function difference(actual: string, expected: string): string {
  if (actual === expected) return '';
  const lines = diff(actual.split('\n'), expected.split('\n'));
  const near = lines.map((_line, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(([operation]) => operation !== 0),
  );
  return lines
    .flatMap(([operation, text], index) => {
      if (!near[index]) return near[index - 1] ? ['  …'] : [];
      return [`${operation === 0 ? ' ' : operation < 0 ? '+' : '-'} ${text}`];
    })
    .join('\n');
}
