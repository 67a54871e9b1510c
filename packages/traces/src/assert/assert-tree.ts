import { AssertionError } from 'node:assert';
import { withoutSpans } from '../tree/without-spans.ts';
import { keyOf, labelOf, type Span } from '../tree/span.ts';
import { buildTree, type TreeNode } from '../tree/build-tree.ts';
import { compareSiblings, unexpected } from './compare.ts';
import { countProblems, renderDiff, type Diff } from './diff.ts';
import type { Expected } from './expected-span.ts';
import { toExpectedSpan } from './read.ts';

export interface AssertTreeOptions {
  /** Whether to allow spans that no expectation names, below an expected span. A second root is never allowed. Default `allow`. */
  extra?: 'allow' | 'forbid';
  /** Whether to allow spans whose parent is missing, or whose parents form a circle. They then count as roots. Default `forbid`. */
  orphans?: 'allow' | 'forbid';
  /** Labels of spans to skip, in which `*` matches any text. The children of a skipped span count as children of its parent. */
  ignore?: readonly string[];
}

/**
 * Asserts that spans form the expected tree, or several trees. Each expected span must occur as often as expected, in its place, with its
 * attributes, links, and status. There must be no other root and, by default, no orphan. A span that matches an expectation counts even if
 * extra spans are allowed. Throws an `AssertionError` that shows the tree, with `-` for what is missing and `+` for what is unexpected.
 */
export function assertTree(
  spans: readonly Span[],
  expected: Expected | readonly Expected[],
  { extra = 'allow', orphans = 'forbid', ignore = [] }: AssertTreeOptions = {},
): void {
  const roots = [expected].flat().map(toExpectedSpan);
  const tree = buildTree(withoutSpans(spans, ignore));
  const known = new Map(spans.map((span) => [keyOf(span), span]));
  const tops = orphans === 'allow' ? [...tree.roots, ...tree.orphans] : tree.roots;
  const diffs = [
    ...compareSiblings(roots, tops, { extra, known }, 'forbid'),
    ...(orphans === 'allow' ? [] : tree.orphans.map((node) => orphan(node, known))),
  ];
  const problems = diffs.reduce((sum, diff) => sum + countProblems(diff), 0);
  if (problems === 0) return;
  const counted = problems === 1 ? '1 line differs' : `${problems} lines differ`;
  throw new AssertionError({
    message: `The trace is not the expected tree, ${counted} (- expected, + found):\n\n${renderDiff(diffs)}\n`,
    operator: 'assertTree',
  });
}

function orphan({ span, children }: TreeNode, known: ReadonlyMap<string, Span>): Diff {
  const { traceId, parentSpanId = '' } = span;
  const isThere = known.has(keyOf({ traceId, spanId: parentSpanId }));
  const why = isThere ? 'its parents form a circle' : `its parent ${parentSpanId} is not there`;
  const text = `${labelOf(span)} (orphan: ${why})`;
  return { ...unexpected({ span, children }), text };
}
