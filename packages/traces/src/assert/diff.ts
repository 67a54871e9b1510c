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
export function renderDiff(diffs: readonly Diff[], depth = 0): string {
  return diffs
    .flatMap(({ mark, text, details, children }) => [
      line(mark, depth, text),
      ...details.map((detail) => line(detail.mark, depth + 2, detail.text)),
      ...(children.length > 0 ? [renderDiff(children, depth + 1)] : []),
    ])
    .join('\n');
}

function line(mark: string, depth: number, text: string): string {
  return `${mark} ${'  '.repeat(depth)}${printable(text)}`;
}
