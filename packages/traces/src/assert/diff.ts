import { printable } from '../draw/text.ts';

/** One line of the comparison: as expected, missing, or too much; `details` stand under it, before its children. */
export interface Diff {
  mark: ' ' | '-' | '+';
  text: string;
  details: { mark: '-' | '+'; text: string }[];
  children: Diff[];
}

/** How many lines differ, here and below. */
export function countProblems(diff: Diff): number {
  const own = diff.mark === ' ' ? diff.details.length : 1;
  // What hangs under a missing span is missing with it.
  return diff.mark === ' ' ? diff.children.reduce((sum, child) => sum + countProblems(child), own) : own;
}

/** The tree with its marks in the first column: ` ` as expected, `-` expected and missing, `+` found and not expected. */
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
