import { groupBy } from './group-by.ts';
import { buildTree, byStart, type Tree } from './build-tree.ts';
import type { Span, SpanShape } from './span.ts';

export interface Trace<S extends SpanShape = Span> {
  traceId: string;
  spans: S[];
  tree: Tree<S>;
}

/** Groups spans by trace. The traces in `order` come first, then the others by the start of their first root. */
export function tracesOf<S extends SpanShape = Span>(
  spans: readonly S[],
  order: readonly string[] = [],
): Trace<S>[] {
  const byTrace = groupBy(spans, ({ traceId }) => traceId);
  const rankOf = new Map(order.map((traceId, index) => [traceId, index]));
  const rank = ({ traceId }: Trace<S>) => rankOf.get(traceId) ?? order.length;
  return [...byTrace]
    .map(([traceId, own]): Trace<S> => ({ traceId, spans: own, tree: buildTree(own) }))
    .toSorted((a, b) => rank(a) - rank(b) || compareFirst(a, b));
}

function compareFirst<S extends SpanShape>(a: Trace<S>, b: Trace<S>): number {
  const [first, second] = [firstOf(a), firstOf(b)];
  return first && second ? byStart(first, second) : 0;
}

/** Returns the first root, or the first orphan if there is no root. */
export function firstOf<S extends SpanShape>({ tree: { roots, orphans } }: Trace<S>): S | undefined {
  return (roots[0] ?? orphans[0])?.span;
}
