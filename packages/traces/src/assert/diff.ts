import { printable } from '../draw/text.ts';

/** One line of the comparison: expected, missing, or unexpected. Its `details` come below it, before its children. */
export interface Diff {
  mark: ' ' | '-' | '+';
  text: string;
  details: { mark: '-' | '+'; text: string }[];
  children: Diff[];
}

/** Returns the number of lines that differ. A missing or unexpected span counts once, together with its descendants. */
export function countProblems(diff: Diff): number {
  if (diff.mark !== ' ') return 1;
  return diff.children.reduce((sum, child) => sum + countProblems(child), diff.details.length);
}

/** Renders the tree with a mark in the first column: ` ` for expected, `-` for missing, and `+` for unexpected. */
export function renderDiff(diffs: readonly Diff[]): string {
  const lines: string[] = [];
  const stack = diffs.toReversed().map((diff) => ({ diff, depth: 0 }));
  for (let at = stack.pop(); at; at = stack.pop()) {
    const { diff, depth } = at;
    lines.push(line(diff.mark, depth, diff.text));
    for (const { mark, text } of diff.details) lines.push(line(mark, depth + 2, text));
    for (const child of diff.children.toReversed()) stack.push({ diff: child, depth: depth + 1 });
  }
  return lines.join('\n');
}

function line(mark: string, depth: number, text: string): string {
  return `${mark} ${'  '.repeat(depth)}${printable(text)}`;
}
