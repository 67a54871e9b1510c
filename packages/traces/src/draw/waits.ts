import type { TreeNode } from '../tree/build-tree.ts';
import type { SpanShape } from '../tree/span.ts';
import { precisionOf } from './demo-attributes.ts';

/** Nothing works while a span of this name lasts. */
export const isWaiting = ({ name }: Pick<SpanShape, 'name'>): boolean => name.startsWith('wait ');

/** Whether a span only waits, or sees from outside what has spans of its own where it works. */
export function isIdle(span: Pick<SpanShape, 'name' | 'attributes'>): boolean {
  return isWaiting(span) || span.name.startsWith('observe ') || precisionOf(span) !== undefined;
}

/** What starts later than this after what caused it was waited for by no one: drawn as a gap. */
const MIN_GAP_MS = 1;

/**
 * From when on nothing led to a span: the end of its parent, or of the last sibling that ended before it. For a root, it is the end of the
 * last span that the root links to. Undefined where there is no such time, and for spans that neither consume nor wait to be consumed.
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
