import type { TreeNode } from '../tree/build-tree.ts';
import type { SpanShape } from '../tree/span.ts';
import { precisionOf } from './demo-attributes.ts';

/** Reports whether a span only waits, by its name. */
export const isWaiting = ({ name }: Pick<SpanShape, 'name'>): boolean => name.startsWith('wait ');

/** Reports whether a span only waits, or only observes work that has its own spans. */
export function isIdle(span: Pick<SpanShape, 'name' | 'attributes'>): boolean {
  return isWaiting(span) || span.name.startsWith('observe ') || precisionOf(span) !== undefined;
}

/** A span that starts later than this after its cause is drawn with a gap before it. */
const MIN_GAP_MS = 1;

/**
 * Returns the start of the gap before a span: the end of its parent, or of the last sibling that ended before the span, if later. For a
 * root, this is the end of the last linked span. Undefined if there is no gap, and for spans that are neither a CONSUMER nor a wait.
 */
export function gapBefore<S extends SpanShape>(
  { span }: TreeNode<S>,
  parent: TreeNode<S> | undefined,
  linked: readonly SpanShape[],
): number | undefined {
  if (span.kind !== 'CONSUMER' && !isWaiting(span)) return undefined;
  const before = parent ? parent.children.map((child) => child.span) : linked;
  const ends = before.map(({ endMs }) => endMs).filter((endMs) => endMs <= span.startMs);
  const from = Math.max(parent?.span.endMs ?? -Infinity, ...ends);
  return from > -Infinity && span.startMs - from > MIN_GAP_MS ? from : undefined;
}
