export { assertEdges, type EdgeRow } from './edges.ts';
export { assertTree, type AssertTreeOptions } from './expect/assert-tree.ts';
export type { Expected, ExpectedSpan } from './expect/expected-span.ts';
export { readExpected } from './expect/read.ts';
export { readSpansFile } from './files.ts';
export { fromSdkSpans, type SdkSpan } from './in-memory.ts';
export { buildTree, flatten, type Tree, type TreeNode } from './tree.ts';
export { fetchTrace, fetchTraces, waitForTrace, type TraceCondition, type WaitOptions } from './jaeger.ts';
export {
  labelOf,
  type Attributes,
  type AttributeValue,
  type Span,
  type SpanEvent,
  type SpanKind,
  type SpanLink,
} from './span.ts';
export { matchesLabel } from './labels.ts';
export { parseJson } from './json.ts';
export { parseOtlp } from './otlp.ts';
export { renderWaterfall, type WaterfallOptions } from './waterfall/render.ts';
export { withoutSpans } from './collapse.ts';
