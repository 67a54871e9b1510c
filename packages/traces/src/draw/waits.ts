import type { TreeNode } from '../tree/build-tree.ts';
import type { SpanShape } from '../tree/span.ts';

/** Nothing works while a span of this name lasts. */
export const isWaiting = ({ name }: Pick<SpanShape, 'name'>): boolean => name.startsWith('wait ');

/** A consumer that starts later than this after what caused it was waited for by no one: drawn as a gap. */
const MIN_GAP_MS = 1;

/** From the end of the cause, or of the span that measures the wait, to the start of the effect. */
export function gapBefore<S extends SpanShape>(
  node: TreeNode<S>,
  parent: TreeNode<S> | undefined,
): number | undefined {
  if (!parent || node.span.kind !== 'CONSUMER') return undefined;
  const ends = parent.children.filter(({ span }) => isWaiting(span)).map(({ span }) => span.endMs);
  const from = Math.max(parent.span.endMs, ...ends);
  return node.span.startMs - from > MIN_GAP_MS ? from : undefined;
}
