export { buildTree, byStart, flatten, type Tree, type TreeNode } from './build-tree.ts';
export { keyOf, labelOf, type Span, type SpanKind, type SpanShape } from './span.ts';
export { tracesOf, type Trace } from './traces.ts';
