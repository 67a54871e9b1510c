import type { Span } from './span.ts';

export interface TreeNode {
  span: Span;
  /** Sorted by start time. */
  children: TreeNode[];
}

export interface Tree {
  /** Spans that name no parent, sorted by start time. */
  roots: TreeNode[];
  /** Spans whose parent is not among the given spans, each with what hangs under it. */
  orphans: TreeNode[];
}

/** Hangs each span under its parent; every span is in exactly one place, also when ids repeat or parents form a circle. */
export function buildTree(spans: readonly Span[]): Tree {
  const nodes = spans.map((span): TreeNode => ({ span, children: [] })).toSorted(byStart);
  const byId = new Map(nodes.toReversed().map((node) => [idOf(node.span), node]));
  const parentOf = ({ span }: TreeNode) =>
    span.parentSpanId === undefined ? undefined : byId.get(`${span.traceId}/${span.parentSpanId}`);
  const circular = nodesInCircles(nodes, parentOf);
  const tree: Tree = { roots: [], orphans: [] };
  for (const node of nodes) {
    const parent = circular.has(node) ? undefined : parentOf(node);
    const top = node.span.parentSpanId === undefined ? tree.roots : tree.orphans;
    (parent?.children ?? top).push(node);
  }
  return tree;
}

/** Every node of a tree, parents before their children. Not recursive: a trace can be deeper than the call stack. */
export function flatten(nodes: readonly TreeNode[]): TreeNode[] {
  const found: TreeNode[] = [];
  const stack = nodes.toReversed();
  for (let node = stack.pop(); node; node = stack.pop()) {
    found.push(node);
    for (const child of node.children.toReversed()) stack.push(child);
  }
  return found;
}

type ParentOf = (node: TreeNode) => TreeNode | undefined;

/** The nodes that are their own ancestor. Each node is walked over once: a trace may be one long chain. */
function nodesInCircles(nodes: readonly TreeNode[], parentOf: ParentOf): Set<TreeNode> {
  const circular = new Set<TreeNode>();
  const walkOf = new Map<TreeNode, TreeNode>();
  for (const start of nodes) {
    let at: TreeNode | undefined = start;
    for (; at && !walkOf.has(at); at = parentOf(at)) walkOf.set(at, start);
    if (!at || walkOf.get(at) !== start) continue;
    for (; at && !circular.has(at); at = parentOf(at)) circular.add(at);
  }
  return circular;
}

function idOf({ traceId, spanId }: Span): string {
  return `${traceId}/${spanId}`;
}

function byStart(a: TreeNode, b: TreeNode): number {
  if (a.span.startNs !== b.span.startNs) return a.span.startNs < b.span.startNs ? -1 : 1;
  return a.span.spanId < b.span.spanId ? -1 : 1;
}
