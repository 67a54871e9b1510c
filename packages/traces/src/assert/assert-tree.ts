import { AssertionError } from 'node:assert';
import { withoutSpans } from '../tree/without-spans.ts';
import { keyOf, labelOf, type Span } from '../tree/span.ts';
import { buildTree, type TreeNode } from '../tree/build-tree.ts';
import { compareSiblings, unexpected } from './compare.ts';
import { countProblems, renderDiff, type Diff } from './diff.ts';
import type { Expected } from './expected-span.ts';
import { toExpectedSpan } from './read.ts';

export interface AssertTreeOptions {
  /** Whether spans under an expected one that no expectation names are fine. A second root never is. Default `allow`. */
  extra?: 'allow' | 'forbid';
  /** Whether a span may name a parent that is not there; it then counts as a root. Default `forbid`. */
  orphans?: 'allow' | 'forbid';
  /** Labels of spans to look through, `*` allowed: their children count as their parent's. */
  ignore?: readonly string[];
}

/**
 * Asserts that spans form this tree, or these trees: each expected span exists as often as expected, in its place, with its attributes,
 * links, and status. Each tree has one root, and there are no orphans. A span that an expectation names is counted even if extra spans
 * are allowed. Throws an `AssertionError` that shows the tree, with `-` for what is missing and `+` for what is too much.
 */
export function assertTree(
  spans: readonly Span[],
  expected: Expected | readonly Expected[],
  { extra = 'allow', orphans = 'forbid', ignore = [] }: AssertTreeOptions = {},
): void {
  const roots = (isList(expected) ? expected : [expected]).map(toExpectedSpan);
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

function isList(expected: Expected | readonly Expected[]): expected is readonly Expected[] {
  return Array.isArray(expected);
}

function orphan({ span, children }: TreeNode, known: ReadonlyMap<string, Span>): Diff {
  const { traceId, parentSpanId = '' } = span;
  const isThere = known.has(keyOf({ traceId, spanId: parentSpanId }));
  const why = isThere ? 'its parents form a circle' : `its parent ${parentSpanId} is not there`;
  const text = `${labelOf(span)} (orphan: ${why})`;
  return { ...unexpected({ span, children }), text };
}
