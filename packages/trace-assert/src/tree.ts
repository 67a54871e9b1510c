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
  const byId = new Map(nodes.toReversed().map((node) => [keyOf(node.span.traceId, node.span.spanId), node]));
  const tree: Tree = { roots: [], orphans: [] };
  for (const node of nodes) {
    const { parentSpanId, traceId } = node.span;
    const parent = parentSpanId === undefined ? undefined : byId.get(keyOf(traceId, parentSpanId));
    if (parent && !isUnder(parent, node, byId)) parent.children.push(node);
    else (parentSpanId === undefined ? tree.roots : tree.orphans).push(node);
  }
  return tree;
}

/** Every node of a tree, parents before their children. Not recursive: a trace can be deeper than the call stack. */
export function flatten(nodes: readonly TreeNode[]): TreeNode[] {
  const found: TreeNode[] = [];
  const stack = nodes.toReversed();
  for (let node = stack.pop(); node; node = stack.pop()) {
    found.push(node);
    stack.push(...node.children.toReversed());
  }
  return found;
}

function isUnder(node: TreeNode, ancestor: TreeNode, byId: Map<string, TreeNode>): boolean {
  const seen = new Set<TreeNode>();
  for (let at: TreeNode | undefined = node; at && !seen.has(at);) {
    if (at === ancestor) return true;
    seen.add(at);
    at =
      at.span.parentSpanId === undefined ? undefined : byId.get(keyOf(at.span.traceId, at.span.parentSpanId));
  }
  return false;
}

function keyOf(traceId: string, spanId: string): string {
  return `${traceId}/${spanId}`;
}

function byStart(a: TreeNode, b: TreeNode): number {
  if (a.span.startNs !== b.span.startNs) return a.span.startNs < b.span.startNs ? -1 : 1;
  return a.span.spanId < b.span.spanId ? -1 : 1;
}
