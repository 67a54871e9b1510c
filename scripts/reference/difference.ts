import { diff } from 'node:util';

/** Lines of context around a change. */
const CONTEXT = 2;

/** Says where a text differs from what it should be: `-` is there, `+` should be; empty when they are the same. */
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
