export { assertEdges, type EdgeRow } from './assert/assert-edges.ts';
export { assertTree, type AssertTreeOptions } from './assert/assert-tree.ts';
export type { Expected, ExpectedSpan } from './assert/expected-span.ts';
export { readExpected } from './assert/read.ts';
export { readSpansFile } from './read/files.ts';
export { fromSdkSpans, type SdkSpan } from './read/in-memory.ts';
export { buildTree, flatten, type Tree, type TreeNode } from './tree/build-tree.ts';
export { NoQueryApiError } from './read/answer.ts';
export { fetchTrace, fetchTraces } from './read/jaeger.ts';
export { waitForTrace, type TraceCondition, type WaitOptions } from './read/wait.ts';
export {
  labelOf,
  type Attributes,
  type AttributeValue,
  type Span,
  type SpanEvent,
  type SpanKind,
  type SpanLink,
} from './tree/span.ts';
export { matchesLabel } from './tree/labels.ts';
export { parseJson } from './read/json.ts';
export { parseOtlp } from './read/otlp.ts';
export { renderWaterfall, type WaterfallOptions } from './draw/waterfall.ts';
export { withoutSpans } from './tree/without-spans.ts';
