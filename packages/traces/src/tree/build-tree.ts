import { keyOf, type Span, type SpanShape } from './span.ts';

export interface TreeNode<S extends SpanShape = Span> {
  span: S;
  /** Sorted by start time. */
  children: TreeNode<S>[];
}

export interface Tree<S extends SpanShape = Span> {
  /** Spans that name no parent, sorted by start time. */
  roots: TreeNode<S>[];
  /** Spans whose parent is missing, or whose parents form a circle, each with its descendants. */
  orphans: TreeNode<S>[];
}

/** Puts each span below its parent. Every span is in exactly one place, even if ids repeat or parents form a circle. */
export function buildTree<S extends SpanShape = Span>(spans: readonly S[]): Tree<S> {
  const nodes = spans.toSorted(byStart).map((span): TreeNode<S> => ({ span, children: [] }));
  const byId = new Map(nodes.toReversed().map((node) => [keyOf(node.span), node]));
  const parentOf = ({ span: { traceId, parentSpanId } }: TreeNode<S>) =>
    parentSpanId === undefined ? undefined : byId.get(keyOf({ traceId, spanId: parentSpanId }));
  const circular = nodesInCircles(nodes, parentOf);
  const tree: Tree<S> = { roots: [], orphans: [] };
  for (const node of nodes) {
    const parent = circular.has(node) ? undefined : parentOf(node);
    const top = node.span.parentSpanId === undefined ? tree.roots : tree.orphans;
    (parent?.children ?? top).push(node);
  }
  return tree;
}

/** Returns every node of the trees, parents before their children. Not recursive, because a trace can be deeper than the call stack. */
export function flatten<S extends SpanShape>(nodes: readonly TreeNode<S>[]): TreeNode<S>[] {
  const found: TreeNode<S>[] = [];
  const stack = nodes.toReversed();
  for (let node = stack.pop(); node; node = stack.pop()) {
    found.push(node);
    for (const child of node.children.toReversed()) stack.push(child);
  }
  return found;
}

/** Returns the nodes that are their own ancestor. Visits each node only once, because a trace may be one long chain. */
function nodesInCircles<Node extends object>(
  nodes: readonly Node[],
  parentOf: (node: Node) => Node | undefined,
): Set<Node> {
  const circular = new Set<Node>();
  const walkOf = new Map<Node, Node>();
  for (const start of nodes) {
    let at: Node | undefined = start;
    for (; at && !walkOf.has(at); at = parentOf(at)) walkOf.set(at, start);
    if (!at || walkOf.get(at) !== start) continue;
    for (; at && !circular.has(at); at = parentOf(at)) circular.add(at);
  }
  return circular;
}

/** Compares spans by start time. Spans with the same time have a fixed order, which keeps drawings stable. */
export function byStart(a: SpanShape, b: SpanShape): number {
  return a.startMs - b.startMs || byNanoseconds(a, b) || (a.spanId < b.spanId ? -1 : 1);
}

/** Milliseconds are only exact to about a quarter of a microsecond. */
function byNanoseconds({ startNs: a = 0n }: SpanShape, { startNs: b = 0n }: SpanShape): number {
  return a < b ? -1 : Number(a > b);
}
